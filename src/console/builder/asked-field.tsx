import { useId } from "react";
import { Button } from "react-aria-components/Button";

interface AskedFieldProps {
  label: string;
  /** What is asked, as a sentence; null: nothing is. */
  words: string | null;
  /** What holds then. */
  empty: string;
  onOpen: () => void;
  /** Null where there is nothing else to go back to. */
  onClear: (() => void) | null;
}

/** A question as a field: it shows its sentence, and opens its builder. */
export function AskedField({ label, words, empty, onOpen, onClear }: AskedFieldProps) {
  const id = useId();
  return (
    <div className="field asked" data-set={words && onClear ? "yes" : undefined}>
      <span id={`${id}-label`}>{label}</span>
      <span className="asked-row">
        <Button className="asked-words" aria-labelledby={`${id}-label ${id}`} onPress={onOpen}>
          <span id={id}>{words ?? empty}</span>
        </Button>
        {words && onClear && (
          <Button className="button quiet small" aria-label={`${label}: clear`} onPress={onClear}>
            ✕
          </Button>
        )}
      </span>
    </div>
  );
}
