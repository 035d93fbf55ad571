import { useState } from "react";
import { wordsOf } from "../parts/format.ts";
import { Sheet } from "../parts/sheet.tsx";
import { changeParameters, usePlace } from "../shell/router.ts";
import { carriedAskedIn, facetsIn } from "./asked.ts";
import { AskedField } from "./asked-field.tsx";
import { carriedWords, parseCarried } from "./carried.ts";
import { CarriedForm } from "./carried-form.tsx";
import { parseFacets } from "./facets.ts";
import { FacetsForm } from "./facets-form.tsx";
import type { CarriedAsked, FacetAsked } from "./inputs.ts";
import "./builder.css";

interface RowsFieldProps<Dimension extends string> {
  label: string;
  /** The parameter of the dimension; those of a carried value and of facets are named after it. */
  name: string;
  options: readonly Dimension[];
  named?: (dimension: Dimension) => string;
  /** Where there is room for one value only, no named filters are offered, since an event may be in several. */
  isSingle?: boolean;
}

type Kind = "carried" | "facets";
const parameterOf = (name: string, kind: Kind) => `${name}-${kind}`;

/** What the rows of a report are: values that events have, that they carry, or named filters. */
export function RowsField<Dimension extends string>(props: RowsFieldProps<Dimension>) {
  const { label, name, options, named = wordsOf, isSingle = false } = props;
  const { search } = usePlace();
  const [open, setOpen] = useState<Kind | null>(null);
  const set = (["carried", "facets"] as const).find((kind) => search.has(parameterOf(name, kind)));
  const change = (kind: Kind, text: string) => {
    const other = kind === "carried" ? "facets" : "carried";
    changeParameters({ [parameterOf(name, kind)]: text || null, [parameterOf(name, other)]: null });
    setOpen(null);
  };
  const text = open ? (search.get(parameterOf(name, open)) ?? "") : "";
  return (
    <>
      {set ? (
        <AskedField
          label={label}
          words={rowWords(set, search.get(parameterOf(name, set))!)}
          empty=""
          onOpen={() => setOpen(set)}
          onClear={() => change(set, "")}
        />
      ) : (
        <label className="field">
          {label}
          <select
            value={search.get(name) ?? options[0]}
            onChange={({ target: { value } }) =>
              value === "carried" || value === "facets"
                ? setOpen(value)
                : changeParameters({ [name]: value === options[0] ? null : value })
            }
          >
            {options.map((option) => (
              <option key={option} value={option}>
                {named(option)}
              </option>
            ))}
            <option value="carried">A value carried along …</option>
            {!isSingle && <option value="facets">Named filters …</option>}
          </select>
        </label>
      )}
      <Sheet
        title={open === "facets" ? "Rows by named filters" : "Rows by a value carried along"}
        isOpen={open !== null}
        onClose={() => setOpen(null)}
        isWide
      >
        {open === "carried" && (
          <CarriedForm text={text} isSingle={isSingle} onDone={(next) => change("carried", next)} />
        )}
        {open === "facets" && <FacetsForm text={text} onDone={(next) => change("facets", next)} />}
      </Sheet>
    </>
  );
}

function rowWords(kind: Kind, text: string): string {
  if (kind === "facets")
    return parseFacets(text)
      .map((facet) => facet.name)
      .join(" · ");
  const choice = parseCarried(text);
  return choice ? carriedWords(choice) : `not understood: ${text}`;
}

interface RowsAsked<Dimension> {
  dimension: Dimension;
  carried: CarriedAsked | null;
  facets: FacetAsked[] | null;
}

/** What the `RowsField` of this name asks of the API. */
export function useRows<Dimension extends string>(name: string, options: readonly Dimension[]): RowsAsked<Dimension> {
  const { search } = usePlace();
  return {
    dimension: options.find((option) => option === search.get(name)) ?? options[0]!,
    carried: carriedAskedIn(search, parameterOf(name, "carried")),
    facets: facetsIn(search, parameterOf(name, "facets")),
  };
}
