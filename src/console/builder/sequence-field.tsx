import { useState } from "react";
import { Button } from "react-aria-components/Button";
import { Sheet } from "../parts/sheet.tsx";
import { useParameter } from "../shell/router.ts";
import { AskedField } from "./asked-field.tsx";
import { HowMany } from "./how-many.tsx";
import { SequenceEditor } from "./sequence-editor.tsx";
import {
  parseSequence,
  type SequenceChoice,
  sequenceMatcher,
  sequenceOf,
  sequenceWords,
  stepOf,
  writeSequence,
} from "./sequences.ts";
import "./builder.css";

interface SequenceFieldProps {
  label: string;
  /** The parameter of the address. */
  name: string;
  /** What holds while nothing is chosen. */
  empty: string;
  /** Who or what did it: the sentence goes on with what they did. */
  subject?: string;
}

/** One event, or several one after the other, which the address holds. */
export function SequenceField({ label, name, empty, subject = "Customers who" }: SequenceFieldProps) {
  const [text, change] = useParameter(name);
  const [isOpen, setOpen] = useState(false);
  const close = () => setOpen(false);
  return (
    <>
      <AskedField
        label={label}
        words={text ? sequenceText(text) : null}
        empty={empty}
        onOpen={() => setOpen(true)}
        onClear={() => change("")}
      />
      <Sheet title={label} isOpen={isOpen} onClose={close} isWide>
        <SequenceForm
          subject={subject}
          text={text}
          onDone={(next) => {
            change(next);
            close();
          }}
        />
      </Sheet>
    </>
  );
}

/** The sentence of a text of the address. */
function sequenceText(text: string): string {
  const choice = parseSequence(text);
  return choice.steps.length > 0 ? sequenceWords(choice) : `not understood: ${text}`;
}

interface SequenceFormProps {
  subject: string;
  text: string;
  onDone: (text: string) => void;
}

function SequenceForm({ subject, text, onDone }: SequenceFormProps) {
  const [choice, setChoice] = useState(() => begun(parseSequence(text)));
  return (
    <form
      className="stack builder"
      onSubmit={(event) => {
        event.preventDefault();
        onDone(writeSequence(choice));
      }}
    >
      <p className="read">
        {subject} <strong>{sequenceWords(choice)}</strong>.
      </p>
      <SequenceEditor choice={choice} onChange={setChoice} />
      <HowMany matcher={sequenceMatcher(choice)} />
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

/** What to begin with where nothing, or nothing known, was said. */
export const begun = (choice: SequenceChoice): SequenceChoice =>
  choice.steps.length > 0 ? choice : sequenceOf([stepOf({ event: "web", conditions: [] })]);
