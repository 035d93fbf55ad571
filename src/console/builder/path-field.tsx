import { useState } from "react";
import { Button } from "react-aria-components/Button";
import { Sheet } from "../parts/sheet.tsx";
import { useParameter } from "../shell/router.ts";
import { AskedField } from "./asked-field.tsx";
import { StepsEditor } from "./sequence-editor.tsx";
import { type StepChoice, writeSteps } from "./sequences.ts";
import { pathOf, pathWords } from "./steps.ts";
import "./builder.css";

const [LEAST, MOST] = [2, 20];

/** The steps of a path, which the address holds. */
export function PathField({ label, name }: { label: string; name: string }) {
  const [text, change] = useParameter(name);
  const [isOpen, setOpen] = useState(false);
  const steps = pathOf(text || null);
  return (
    <>
      <AskedField
        label={label}
        words={steps.length > 0 ? pathWords(steps) : `not understood: ${text}`}
        empty=""
        onOpen={() => setOpen(true)}
        onClear={text ? () => change("") : null}
      />
      <Sheet title={label} isOpen={isOpen} onClose={() => setOpen(false)} isWide>
        <PathForm
          start={steps.length > 0 ? steps : pathOf(null)}
          onDone={(next) => {
            change(next);
            setOpen(false);
          }}
        />
      </Sheet>
    </>
  );
}

function PathForm({ start, onDone }: { start: StepChoice[]; onDone: (text: string) => void }) {
  const [steps, setSteps] = useState(start);
  return (
    <form
      className="stack builder"
      onSubmit={(event) => {
        event.preventDefault();
        onDone(writeSteps(steps));
      }}
    >
      <p className="read">
        How many go from <strong>{pathWords(steps)}</strong>.
      </p>
      <StepsEditor steps={steps} least={LEAST} most={MOST} isPath onChange={setSteps} />
      <div className="row end">
        <Button type="submit" className="button primary">
          Apply
        </Button>
      </div>
    </form>
  );
}
