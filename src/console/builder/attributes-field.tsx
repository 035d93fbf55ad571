import { useState } from "react";
import { ATTRIBUTES } from "../reports/explore-input.ts";
import { WordsField } from "../reports/filter-bar.tsx";
import { partIn } from "./asked.ts";
import { useAttributeValues } from "./suggestions.ts";

/** What is said of customers: `age=30..65, region=London`. Names are suggested, and after one the values that customers have. */
export function AttributesField({ label, name }: { label: string; name: string }) {
  const [typed, setTyped] = useState<string | null>(null);
  const { before, attribute } = partIn(typed ?? "");
  const values = useAttributeValues(attribute);
  const words =
    attribute === null ? ATTRIBUTES.map((one) => `${one}=`) : values.map((value) => `${attribute}=${value}`);
  return (
    <WordsField
      label={label}
      name={name}
      placeholder="age=30..65, extra.plan=gold"
      suggested={typed === null ? [] : words.map((word) => before + word)}
      onType={setTyped}
    />
  );
}
