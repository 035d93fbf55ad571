import type { FormEvent, ReactNode } from "react";
import { Button } from "react-aria-components/Button";
import { graphql, type ResultOf } from "../api/graphql.ts";
import { shortOf } from "../customer/facts.ts";
import { countOf } from "../parts/format.ts";

export const previewFields = graphql(`
  fragment PreviewFields on MergePreview @_unmask {
    customersAfter
    idAfter
    interactionsMoved
    touchpointsMoved
    conflicts
    identities { namespace value kind }
  }
`);

/** What a decision would do, before it is made. */
export function PreviewSummary({ of: preview }: { of: ResultOf<typeof previewFields> }) {
  const { customersAfter, interactionsMoved, touchpointsMoved, conflicts, identities } = preview;
  return (
    <div className="preview" data-testid="preview">
      <p>
        <strong>
          {customersAfter} {customersAfter === 1 ? "customer" : "customers"} afterwards
        </strong>
        , with {countOf(interactionsMoved)} interactions and {countOf(touchpointsMoved)} touchpoints moved.
      </p>
      <ul className="row tight">
        {identities.map(({ namespace, value }) => (
          <li key={`${namespace} ${value}`} className="tag">
            {namespace} {shortOf(value)}
          </li>
        ))}
      </ul>
      {conflicts.length > 0 && (
        <ul className="refusal">
          {conflicts.map((conflict) => (
            <li key={conflict}>{conflict}</li>
          ))}
        </ul>
      )}
    </div>
  );
}

interface DecisionProps {
  verb: string;
  faults: string[];
  isBusy: boolean;
  canDecide: boolean;
  onDecide: (reason: string) => void;
  children?: ReactNode;
}

/** Asks for the reason, which is stored with the verdict, and decides. */
export function DecisionForm({ verb, faults, isBusy, canDecide, onDecide, children }: DecisionProps) {
  function decide(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    onDecide(String(new FormData(event.currentTarget).get("reason") ?? "").trim());
  }
  return (
    <form className="stack" onSubmit={decide}>
      {children}
      <label className="field">
        Why
        <input name="reason" required autoComplete="off" placeholder="Who said so, and how you know" />
      </label>
      {faults.map((fault) => (
        <p key={fault} className="refusal" role="alert">
          {fault}
        </p>
      ))}
      <div className="row end">
        <Button type="submit" className="button primary" isDisabled={isBusy || !canDecide}>
          {verb}
        </Button>
      </div>
    </form>
  );
}
