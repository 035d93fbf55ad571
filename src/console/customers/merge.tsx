import { useState } from "react";
import { useMutation, useQuery } from "urql";
import { graphql } from "../api/graphql.ts";
import { nameOf } from "../customer/facts.ts";
import type { Profile } from "../customer/profile.query.ts";
import { countOf } from "../parts/format.ts";
import { Sheet } from "../parts/sheet.tsx";
import { Answer, Skeleton } from "../parts/states.tsx";
import { go } from "../shell/router.ts";
import { faultsOf } from "./faults.ts";
import { DecisionForm, PreviewSummary, previewFields } from "./preview.tsx";

const othersQuery = graphql(`
  query Others($text: String!) {
    customers(filter: { search: $text }, first: 8) {
      nodes {
        id
        displayName
        identities { namespace value }
        summary { interactionCount }
      }
    }
  }
`);

const mergePreviewQuery = graphql(
  `
  query MergePreview($ids: [ID!]!) {
    mergePreview(customerIds: $ids) {
      ...PreviewFields
    }
  }
`,
  [previewFields],
);

const merge = graphql(`
  mutation Merge($ids: [ID!]!, $reason: String!) {
    mergeCustomers(customerIds: $ids, reason: $reason) {
      verdict { id }
      customers { id }
      userErrors { message }
    }
  }
`);

/** Finds the other customer, shows what a merge would do, and merges. */
export function MergeSheet({ customer, onClose }: { customer: Profile; onClose: () => void }) {
  const [text, setText] = useState("");
  const [other, setOther] = useState<string | null>(null);
  return (
    <Sheet title={`Merge ${nameOf(customer)} with …`} isOpen onClose={onClose} isWide>
      <div className="stack">
        <form
          onSubmit={(event) => {
            event.preventDefault();
            setOther(null);
            setText(String(new FormData(event.currentTarget).get("text")).trim());
          }}
        >
          <label className="field">
            Name or identity of the other customer
            <input name="text" type="search" autoComplete="off" />
          </label>
        </form>
        {text && <Others key={text} {...{ text, other, setOther }} without={customer.id} />}
        {other && <MergeDecision ids={[customer.id, other]} onClose={onClose} />}
      </div>
    </Sheet>
  );
}

interface OthersProps {
  text: string;
  without: string;
  other: string | null;
  setOther: (id: string) => void;
}

function Others({ text, without, other, setOther }: OthersProps) {
  const [result, again] = useQuery({ query: othersQuery, variables: { text } });
  return (
    <Answer of={result} again={again} skeleton={<Skeleton lines={3} />}>
      {({ customers }) => {
        const others = customers.nodes.filter(({ id }) => id !== without);
        if (others.length === 0) return <p className="note">Nobody else answers to “{text}”.</p>;
        return (
          <fieldset className="choices">
            <legend className="unseen">The other customer</legend>
            {others.map((one) => (
              <label key={one.id} className="check">
                <input type="radio" name="other" checked={one.id === other} onChange={() => setOther(one.id)} />
                <strong>{nameOf(one)}</strong>
                <span className="soft">
                  {one.identities
                    .map(({ namespace }) => namespace)
                    .slice(0, 5)
                    .join(", ")}
                </span>
                <span className="soft">{countOf(one.summary.interactionCount)} interactions</span>
              </label>
            ))}
          </fieldset>
        );
      }}
    </Answer>
  );
}

function MergeDecision({ ids, onClose }: { ids: string[]; onClose: () => void }) {
  const [result, again] = useQuery({ query: mergePreviewQuery, variables: { ids }, requestPolicy: "network-only" });
  const [{ fetching }, send] = useMutation(merge);
  const [faults, setFaults] = useState<string[]>([]);

  async function decide(reason: string) {
    const { data, error } = await send({ ids, reason });
    const found = faultsOf(error, data?.mergeCustomers.userErrors);
    setFaults(found);
    if (found.length > 0) return;
    onClose();
    go(`/customers/${data?.mergeCustomers.customers[0]?.id ?? ids[0]}`);
  }

  return (
    <Answer of={result} again={again} skeleton={<Skeleton lines={3} />}>
      {({ mergePreview }) => (
        <DecisionForm verb="Merge them" faults={faults} isBusy={fetching} canDecide onDecide={decide}>
          <PreviewSummary of={mergePreview} />
        </DecisionForm>
      )}
    </Answer>
  );
}
