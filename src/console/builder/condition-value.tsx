import { useId, useState } from "react";
import { Button } from "react-aria-components/Button";
import { wordsOf } from "../parts/format.ts";
import { type EventField, meaningOf } from "./events.ts";
import { doubtOf, useSuggestions } from "./suggestions.ts";

interface ConditionValueProps {
  label: string;
  field: EventField;
  values: string[];
  onChange: (values: string[]) => void;
}

/** What a field must be: one of a few words, or anything, with suggestions of what exists. */
export function ConditionValue({ label, field, values, onChange }: ConditionValueProps) {
  const { options, by } = meaningOf(field);
  const id = useId();
  const [typed, setTyped] = useState("");
  // A comma that was just typed says nothing yet, and stays; a step that took another's place has other values.
  const text = partsOf(field, typed).join() === values.join() ? typed : values.join(", ");
  const [isAsked, setAsked] = useState(values.length > 0);
  const known = useSuggestions(by, isAsked);
  const take = (next: string) => {
    setTyped(next);
    onChange(partsOf(field, next));
  };
  if (options)
    return (
      <select aria-label={label} value={values[0]} onChange={({ target }) => onChange([target.value])}>
        {options.map((option) => (
          <option key={option} value={option}>
            {wordsOf(option).toLowerCase()}
          </option>
        ))}
      </select>
    );
  return (
    <>
      <input
        aria-label={label}
        // biome-ignore lint/a11y/noAutofocus: who asks for a condition types its value next
        autoFocus={values.length === 0}
        placeholder={field === "namePattern" ? "/billing/*" : "one, another"}
        list={id}
        value={text}
        onFocus={() => setAsked(true)}
        onChange={({ target }) => take(target.value)}
      />
      <datalist id={id}>
        {known?.map((value) => (
          <option key={value} value={value} />
        ))}
      </datalist>
      {field !== "namePattern" && known && (
        <Doubts values={values} known={known} onReplace={(old, next) => take(text.replace(old, next))} />
      )}
    </>
  );
}

const partsOf = (field: EventField, text: string) =>
  (field === "namePattern" ? [text] : text.split(",")).map((part) => part.trim()).filter(Boolean);

interface DoubtsProps {
  values: readonly string[];
  known: readonly string[];
  onReplace: (old: string, next: string) => void;
}

/** Values that no event of the period has: they match nothing, which must not go unsaid. */
function Doubts({ values, known, onReplace }: DoubtsProps) {
  const doubts = values.flatMap((value) => {
    const doubt = doubtOf(value, known);
    return doubt ? [{ value, ...doubt }] : [];
  });
  return (
    <span role="status" className="doubts">
      {doubts.map(({ value, nearest }) => (
        <span key={value} className="tag" data-tone="warn">
          no “{value}” in this period
          {nearest && (
            <Button className="button quiet small" onPress={() => onReplace(value, nearest)}>
              {nearest}?
            </Button>
          )}
        </span>
      ))}
    </span>
  );
}
