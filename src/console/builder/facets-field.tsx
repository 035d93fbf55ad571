import { useState } from "react";
import { Sheet } from "../parts/sheet.tsx";
import { useParameter } from "../shell/router.ts";
import { AskedField } from "./asked-field.tsx";
import { parseFacets } from "./facets.ts";
import { FacetsForm } from "./facets-form.tsx";
import "./builder.css";

/** Named filters that a report compares, which the address holds. */
export function FacetsField({ label, name, empty }: { label: string; name: string; empty: string }) {
  const [text, change] = useParameter(name);
  const [isOpen, setOpen] = useState(false);
  const names = parseFacets(text).map((facet) => facet.name);
  return (
    <>
      <AskedField
        label={label}
        words={text ? names.join(" · ") : null}
        empty={empty}
        onOpen={() => setOpen(true)}
        onClear={() => change("")}
      />
      <Sheet title={label} isOpen={isOpen} onClose={() => setOpen(false)} isWide>
        <FacetsForm
          text={text}
          onDone={(next) => {
            change(next);
            setOpen(false);
          }}
        />
      </Sheet>
    </>
  );
}
