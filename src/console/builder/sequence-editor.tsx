import { Button } from "react-aria-components/Button";
import { EventEditor } from "./event-editor.tsx";
import { Minutes } from "./minutes.tsx";
import { CONTAINERS, KEEPS, type SequenceChoice, type StepChoice, stepOf } from "./sequences.ts";

const MOST_STEPS = 20;
const KEEP_WORDS: Record<(typeof KEEPS)[number], string> = {
  EVERYONE: "all that they did",
  ONLY_BEFORE: "what came before it",
  ONLY_AFTER: "what came after it",
};
export const CONTAINER_WORDS: Record<string, string> = {
  CUSTOMER: "all that a customer did",
  SESSION: "one session",
};

interface SequenceEditorProps {
  choice: SequenceChoice;
  onChange: (choice: SequenceChoice) => void;
}

/** Steps one after the other, and within what. */
export function SequenceEditor({ choice, onChange }: SequenceEditorProps) {
  return (
    <>
      <StepsEditor steps={choice.steps} most={MOST_STEPS} onChange={(steps) => onChange({ ...choice, steps })} />
      {choice.steps.length > 1 && <Frame choice={choice} onChange={onChange} />}
    </>
  );
}

interface StepsEditorProps {
  steps: StepChoice[];
  most: number;
  onChange: (steps: StepChoice[]) => void;
  least?: number;
  /** The steps of a path, of which less can be asked than of a sequence's. */
  isPath?: boolean;
}

/** Steps one after the other, a line each. */
export function StepsEditor({ steps, most, onChange, least = 1, isPath = false }: StepsEditorProps) {
  return (
    <ol className="sentence">
      {steps.map((step, position) => (
        <li key={position}>
          <Step
            step={step}
            position={position}
            isPath={isPath}
            onChange={(changed) => onChange(steps.with(position, changed))}
          />
          {steps.length > least && (
            <Button
              className="button quiet small"
              onPress={() => onChange(steps.toSpliced(position, 1))}
              aria-label={`Remove step ${position + 1}`}
            >
              Remove
            </Button>
          )}
        </li>
      ))}
      {steps.length < most && (
        <li className="more-steps">
          <Button className="button" onPress={() => onChange([...steps, stepOf({ event: "calls", conditions: [] })])}>
            Then …
          </Button>
        </li>
      )}
    </ol>
  );
}

interface StepProps {
  step: StepChoice;
  position: number;
  isPath: boolean;
  onChange: (step: StepChoice) => void;
}

function Step({ step, position, isPath, onChange }: StepProps) {
  const label = `Step ${position + 1}`;
  return (
    <div className="words">
      {position > 0 && (
        <>
          <span>then</span>
          <select
            aria-label={`${label}: when`}
            value={step.next ? "next" : "later"}
            onChange={({ target }) =>
              onChange(target.value === "next" ? { ...step, next: true, without: null } : { ...step, next: false })
            }
          >
            <option value="later">at any time</option>
            <option value="next">as the very next</option>
          </select>
        </>
      )}
      <EventEditor label={label} choice={step} onChange={(event) => onChange({ ...step, ...event })} />
      {position > 0 && <Limits label={label} step={step} isPath={isPath} onChange={onChange} />}
    </div>
  );
}

/** How far behind the step before, and without what in between. */
function Limits({ label, step, isPath, onChange }: { label: string } & Omit<StepProps, "position">) {
  const within = (
    <Minutes
      label={`${label}: within`}
      before="within"
      value={step.within}
      onChange={(minutes) => onChange({ ...step, within: minutes })}
    />
  );
  if (isPath) return within;
  return (
    <span className="limits">
      {within}
      <Minutes
        label={`${label}: not before`}
        before="not before"
        value={step.after}
        onChange={(after) => onChange({ ...step, after })}
      />
      {step.without ? (
        <span className="words">
          <span>without</span>
          <EventEditor
            isThing
            label={`${label}: without`}
            choice={step.without}
            onChange={(without) => onChange({ ...step, without })}
          />
          <span>in between</span>
          <Button
            className="button quiet small"
            aria-label={`${label}: whatever lies in between`}
            onPress={() => onChange({ ...step, without: null })}
          >
            ✕
          </Button>
        </span>
      ) : (
        !step.next && (
          <Button
            className="button quiet small"
            onPress={() => onChange({ ...step, without: { event: "chats", conditions: [] } })}
          >
            + without …
          </Button>
        )
      )}
    </span>
  );
}

function Frame({ choice, onChange }: SequenceEditorProps) {
  return (
    <div className="words frame">
      <span>found in</span>
      <select
        aria-label="Found in"
        value={choice.container}
        onChange={({ target }) => onChange({ ...choice, container: target.value as SequenceChoice["container"] })}
      >
        {CONTAINERS.map((container) => (
          <option key={container} value={container}>
            {CONTAINER_WORDS[container]}
          </option>
        ))}
      </select>
      <Minutes
        label="From the first step to the last"
        before="from first to last within"
        value={choice.within}
        onChange={(within) => onChange({ ...choice, within })}
      />
      <span>counting</span>
      <select
        aria-label="Counting"
        value={choice.keep}
        onChange={({ target }) => onChange({ ...choice, keep: target.value as SequenceChoice["keep"] })}
      >
        {KEEPS.map((keep) => (
          <option key={keep} value={keep}>
            {KEEP_WORDS[keep]}
          </option>
        ))}
      </select>
    </div>
  );
}
