import { Button } from "react-aria-components/Button";
import { wordsOf } from "../parts/format.ts";
import { changeParameters } from "../shell/router.ts";
import { EVENTS, type EventName, eventName, matcherOf } from "./events.ts";
import type { EventMatcher } from "./filter.ts";

const FIELDS = ["sections", "names", "callReasons", "campaigns", "intents", "outcomes"] as const;
type Field = (typeof FIELDS)[number];

export interface FalloutStep {
  /** Its spelling in the address: "web", or "web.sections.billing". */
  text: string;
  name: string;
  matcher: EventMatcher;
}

const START = "web>web.sections.billing>calls";
const MOST = 8;

/** The steps of a path in the address. */
export function stepsOf(text: string | null): FalloutStep[] {
  const steps = (text ?? START).split(">").filter(Boolean).slice(0, MOST).map(stepOf);
  return steps.length >= 2 ? unique(steps) : unique(START.split(">").map(stepOf));
}

function stepOf(text: string): FalloutStep {
  const [event, field, ...rest] = text.split(".");
  const known = EVENTS.find((name) => name === event) ?? "web";
  const value = rest.join(".");
  if (!isField(field) || !value) return { text, name: eventName(known), matcher: matcherOf(known) };
  return { text, name: `${eventName(known)}: ${value}`, matcher: { ...matcherOf(known), [field]: [value] } };
}

/** Numbers the names of equal steps, since a step may occur twice. */
function unique(steps: FalloutStep[]): FalloutStep[] {
  const seen = new Map<string, number>();
  return steps.map((step) => {
    const times = (seen.get(step.name) ?? 0) + 1;
    seen.set(step.name, times);
    return times === 1 ? step : { ...step, name: `${step.name} (${times})` };
  });
}

const isField = (field: string | undefined): field is Field => (FIELDS as readonly string[]).includes(field ?? "");

/** Edits the path, a line for each step. */
export function FalloutSteps({ steps }: { steps: FalloutStep[] }) {
  const texts = steps.map(({ text }) => text);
  const save = (next: string[]) => changeParameters({ steps: next.join(">") });
  return (
    <fieldset className="chosen steps-chosen">
      <legend>Steps</legend>
      {texts.map((text, position) => (
        <StepRow
          key={`${position} ${text}`}
          text={text}
          position={position}
          onChange={(changed) => save(texts.with(position, changed))}
          onRemove={texts.length > 2 ? () => save(texts.toSpliced(position, 1)) : null}
        />
      ))}
      {texts.length < MOST && (
        <Button className="button" onPress={() => save([...texts, "purchases"])}>
          Another step
        </Button>
      )}
    </fieldset>
  );
}

interface StepRowProps {
  text: string;
  position: number;
  onChange: (text: string) => void;
  onRemove: (() => void) | null;
}

const EVENT_OPTIONS = EVENTS.map((name: EventName) => (
  <option key={name} value={name}>
    {eventName(name)}
  </option>
));

function StepRow({ text, position, onChange, onRemove }: StepRowProps) {
  const [event = "web", field = "", ...rest] = text.split(".");
  const value = rest.join(".");
  return (
    <div className="row step-row">
      <span className="soft">{position + 1}</span>
      <select aria-label={`Step ${position + 1}`} value={event} onChange={({ target }) => onChange(target.value)}>
        {EVENT_OPTIONS}
      </select>
      <select
        aria-label={`Step ${position + 1}: only those with`}
        value={field}
        onChange={({ target }) => onChange(target.value ? `${event}.${target.value}.${value}` : event)}
      >
        <option value="">any</option>
        {FIELDS.map((one) => (
          <option key={one} value={one}>
            {wordsOf(one.replace(/([A-Z])/, "_$1")).replace(/s$/, "")}
          </option>
        ))}
      </select>
      {field && (
        <StepValue
          key={value}
          label={`Step ${position + 1}: value`}
          value={value}
          onChange={(changed) => onChange(`${event}.${field}.${changed}`)}
        />
      )}
      {onRemove && (
        <Button className="button quiet" onPress={onRemove} aria-label={`Remove step ${position + 1}`}>
          ✕
        </Button>
      )}
    </div>
  );
}

function StepValue({ label, value, onChange }: { label: string; value: string; onChange: (value: string) => void }) {
  return (
    <input
      aria-label={label}
      defaultValue={value}
      onBlur={({ target }) => target.value !== value && onChange(target.value.trim())}
      onKeyDown={(press) => press.key === "Enter" && press.currentTarget.blur()}
    />
  );
}
