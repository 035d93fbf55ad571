import { useState } from "react";
import { Button } from "react-aria-components/Button";
import { wordsOf } from "../parts/format.ts";
import {
  ALLOCATIONS,
  type AllocationAsked,
  allocationWords,
  CARRIED_DIMENSIONS,
  type CarriedChoice,
  carriedWords,
  isWhole,
  parseCarried,
  writeCarried,
} from "./carried.ts";
import { EventEditor } from "./event-editor.tsx";
import type { DimensionAsked } from "./inputs.ts";
import { Minutes } from "./minutes.tsx";
import { CONTAINER_WORDS } from "./sequence-editor.tsx";
import { CONTAINERS } from "./sequences.ts";

interface CarriedFormProps {
  text: string;
  isSingle: boolean;
  onDone: (text: string) => void;
}

/** Which value is carried, for how long, and which of several. */
export function CarriedForm({ text, isSingle, onDone }: CarriedFormProps) {
  const [choice, setChoice] = useState<CarriedChoice>(() => parseCarried(text) ?? parseCarried("page")!);
  return (
    <form
      className="stack builder"
      onSubmit={(event) => {
        event.preventDefault();
        onDone(writeCarried(choice));
      }}
    >
      <p className="read">
        Each event counts under <strong>{carriedWords(choice)}</strong>.
      </p>
      <Which choice={choice} isSingle={isSingle} onChange={setChoice} />
      {!isWhole(choice.allocation) && <Expiry choice={choice} onChange={setChoice} />}
      <div className="row end">
        {text && (
          <Button className="button" onPress={() => onDone("")}>
            Clear
          </Button>
        )}
        <Button type="submit" className="button primary">
          Apply
        </Button>
      </div>
    </form>
  );
}

interface PartProps {
  choice: CarriedChoice;
  onChange: (choice: CarriedChoice) => void;
}

function Which({ choice, isSingle, onChange }: PartProps & { isSingle: boolean }) {
  const whole = { minutes: null, until: null };
  return (
    <div className="words">
      <select
        aria-label="Which of several"
        value={choice.allocation}
        onChange={({ target }) => {
          const allocation = target.value as AllocationAsked;
          onChange({ ...choice, allocation, ...(isWhole(allocation) && whole) });
        }}
      >
        {ALLOCATIONS.filter((allocation) => !isSingle || allocation !== "ALL").map((allocation) => (
          <option key={allocation} value={allocation}>
            {allocationWords(allocation)}
          </option>
        ))}
      </select>
      <select
        aria-label="What is carried"
        value={choice.dimension}
        onChange={({ target }) => onChange({ ...choice, dimension: target.value as DimensionAsked })}
      >
        {CARRIED_DIMENSIONS.map((dimension) => (
          <option key={dimension} value={dimension}>
            {wordsOf(dimension).toLowerCase()}
          </option>
        ))}
      </select>
      <span>within</span>
      <select
        aria-label="Within"
        value={choice.container}
        onChange={({ target }) => onChange({ ...choice, container: target.value as CarriedChoice["container"] })}
      >
        {CONTAINERS.map((container) => (
          <option key={container} value={container}>
            {CONTAINER_WORDS[container]}
          </option>
        ))}
      </select>
    </div>
  );
}

/** When a value is no longer carried. */
function Expiry({ choice, onChange }: PartProps) {
  const { until } = choice;
  return (
    <div className="words">
      <Minutes
        label="Carried for"
        before="for at most"
        value={choice.minutes}
        onChange={(minutes) => onChange({ ...choice, minutes })}
      />
      {until ? (
        <>
          <span>and until they</span>
          <EventEditor label="Until" choice={until} onChange={(next) => onChange({ ...choice, until: next })} />
          <Button
            className="button quiet small"
            aria-label="Until nothing"
            onPress={() => onChange({ ...choice, until: null })}
          >
            ✕
          </Button>
        </>
      ) : (
        <Button
          className="button quiet small"
          onPress={() => onChange({ ...choice, until: { event: "purchases", conditions: [] } })}
        >
          + until an event …
        </Button>
      )}
    </div>
  );
}
