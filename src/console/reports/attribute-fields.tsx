import { ATTRIBUTES } from "./explore-input.ts";
import { WordsField } from "./filter-bar.tsx";

interface AttributeFieldsProps {
  label: string;
  /** The parameters of the attribute and of its ranges are named after it. */
  name: string;
  /** Whether an attribute is chosen, which may have ranges. */
  isChosen: boolean;
}

/** An attribute that values are told apart by, in place of a property, and where its ranges begin. */
export function AttributeFields({ label, name, isChosen }: AttributeFieldsProps) {
  return (
    <>
      <WordsField
        label={`${label}: attribute`}
        name={`${name}-attribute`}
        placeholder="extra.tariff"
        suggested={ATTRIBUTES}
      />
      {isChosen && <WordsField label={`${label}: bounds of ranges`} name={`${name}-bounds`} placeholder="18, 30, 65" />}
    </>
  );
}
