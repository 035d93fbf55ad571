import { Button } from "react-aria-components/Button";
import { wordsOf } from "../parts/format.ts";
import { useParameter } from "../shell/router.ts";
import {
  MEASURES,
  type MeasureChoice,
  needsNumber,
  parseMeasures,
  SUGGESTED_NUMBERS,
  writeMeasures,
} from "./explore-input.ts";

const MOST = 10;

/** What is told of each line, which the address holds. */
export function MeasuresField({ name }: { name: string }) {
  const [text, change] = useParameter(name);
  const measures = parseMeasures(text);
  const save = (next: MeasureChoice[]) => change(writeMeasures(next));
  return (
    <fieldset className="chosen measures">
      <legend>Shown</legend>
      {measures.map((measure, position) => (
        <Measure
          key={`${position} ${measure.of}`}
          position={position}
          choice={measure}
          onChange={(changed) => save(measures.with(position, changed))}
          onRemove={measures.length > 1 ? () => save(measures.toSpliced(position, 1)) : null}
        />
      ))}
      {measures.length < MOST && (
        <Button
          className="button"
          onPress={() => save([...measures, { measure: "AVERAGE", of: SUGGESTED_NUMBERS[0], percentile: 0.9 }])}
        >
          And …
        </Button>
      )}
      <datalist id="numbers">
        {SUGGESTED_NUMBERS.map((number) => (
          <option key={number} value={number} />
        ))}
      </datalist>
    </fieldset>
  );
}

interface MeasureProps {
  position: number;
  choice: MeasureChoice;
  onChange: (choice: MeasureChoice) => void;
  onRemove: (() => void) | null;
}

function Measure({ position, choice, onChange, onRemove }: MeasureProps) {
  const { measure, of } = choice;
  const label = `Figure ${position + 1}`;
  const take = (next: string) => next.trim() !== of && onChange({ ...choice, of: next.trim() });
  return (
    <span className="row measure">
      <select
        aria-label={label}
        value={measure}
        onChange={({ target }) => {
          const next = target.value as MeasureChoice["measure"];
          onChange({ ...choice, measure: next, of: needsNumber(next) ? of || SUGGESTED_NUMBERS[0] : "" });
        }}
      >
        {MEASURES.map((name) => (
          <option key={name} value={name}>
            {wordsOf(name)}
          </option>
        ))}
      </select>
      {needsNumber(measure) && (
        <input
          aria-label={`${label}: of what`}
          list="numbers"
          defaultValue={of}
          onBlur={({ target }) => take(target.value)}
          onKeyDown={(press) => press.key === "Enter" && take(press.currentTarget.value)}
        />
      )}
      {measure === "PERCENTILE" && (
        <select
          aria-label={`${label}: share below`}
          value={choice.percentile}
          onChange={({ target }) => onChange({ ...choice, percentile: Number(target.value) })}
        >
          {[0.1, 0.25, 0.5, 0.75, 0.8, 0.9, 0.95, 0.99].map((share) => (
            <option key={share} value={share}>
              {share * 100} %
            </option>
          ))}
        </select>
      )}
      {onRemove && (
        <Button className="button quiet small" onPress={onRemove} aria-label={`Remove ${label.toLowerCase()}`}>
          ✕
        </Button>
      )}
    </span>
  );
}
