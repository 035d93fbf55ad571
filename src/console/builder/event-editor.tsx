import { Button } from "react-aria-components/Button";
import { ConditionValue } from "./condition-value.tsx";
import {
  ALL_EVENTS,
  EVENT_FIELDS,
  type EventChoice,
  type EventCondition,
  type EventField,
  type EventName,
  eventDone,
  eventName,
  meaningOf,
} from "./events.ts";

interface EventEditorProps {
  /** What the event is for, for people who cannot see where it stands. */
  label: string;
  choice: EventChoice;
  onChange: (choice: EventChoice) => void;
  /** Named as a thing, “page views”, where it is not what somebody does. */
  isThing?: boolean;
}

/** An event and what is asked of it, from left to right like a sentence. */
export function EventEditor({ label, choice, onChange, isThing = false }: EventEditorProps) {
  const { event, conditions } = choice;
  const save = (next: EventCondition[]) => onChange({ ...choice, conditions: next });
  return (
    <>
      <select
        aria-label={label}
        value={event}
        onChange={({ target }) => onChange({ ...choice, event: target.value as EventName })}
      >
        {ALL_EVENTS.map((name) => (
          <option key={name} value={name}>
            {isThing ? eventName(name) : eventDone(name)}
          </option>
        ))}
      </select>
      {conditions.map((condition, position) => (
        <Condition
          key={fieldKey(condition)}
          label={label}
          condition={condition}
          onChange={(values) => save(conditions.with(position, { ...condition, values }))}
          onRemove={() => save(conditions.toSpliced(position, 1))}
        />
      ))}
      <AddCondition label={label} conditions={conditions} onAdd={(added) => save([...conditions, added])} />
    </>
  );
}

const fieldKey = ({ field, isNot }: Pick<EventCondition, "field" | "isNot">) => `${isNot ? "!" : ""}${field}`;
const fieldWords = (field: EventField, isNot: boolean) => `${isNot ? "but not " : ""}${meaningOf(field).words}`;

interface ConditionProps {
  label: string;
  condition: EventCondition;
  onChange: (values: string[]) => void;
  onRemove: () => void;
}

function Condition({ label, condition: { field, isNot, values }, onChange, onRemove }: ConditionProps) {
  const words = fieldWords(field, isNot);
  return (
    <span className="condition">
      <span>{words}</span>
      <ConditionValue label={`${label}, ${words}`} field={field} values={values} onChange={onChange} />
      <Button className="button quiet small" onPress={onRemove} aria-label={`${label}: leave out “${words}”`}>
        ✕
      </Button>
    </span>
  );
}

interface AddConditionProps {
  label: string;
  conditions: readonly EventCondition[];
  onAdd: (condition: EventCondition) => void;
}

/** Offers what is not asked yet: each field once, and once for what it is not. */
function AddCondition({ label, conditions, onAdd }: AddConditionProps) {
  const offered = (isNot: boolean) =>
    EVENT_FIELDS.filter((field) => !conditions.some((one) => one.field === field && one.isNot === isNot)).map(
      (field) => (
        <option key={field} value={fieldKey({ field, isNot })}>
          {fieldWords(field, isNot)} …
        </option>
      ),
    );
  const add = (key: string) => {
    const field = key.replace("!", "") as EventField;
    const { options } = meaningOf(field);
    onAdd({ field, isNot: key.startsWith("!"), values: options ? [options[0]!] : [] });
  };
  return (
    <select
      className="add"
      aria-label={`${label}: ask more of it`}
      value=""
      onChange={({ target }) => target.value && add(target.value)}
    >
      <option value="">+ which</option>
      <optgroup label="Only those">{offered(false)}</optgroup>
      <optgroup label="But not those">{offered(true)}</optgroup>
    </select>
  );
}
