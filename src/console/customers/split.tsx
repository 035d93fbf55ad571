import { useState } from "react";
import { useMutation, useQuery } from "urql";
import { graphql } from "../api/graphql.ts";
import { nameOf, shortOf } from "../customer/facts.ts";
import type { Profile } from "../customer/profile.query.ts";
import { Sheet } from "../parts/sheet.tsx";
import { Answer, Skeleton } from "../parts/states.tsx";
import { faultsOf } from "./faults.ts";
import { DecisionForm, PreviewSummary, previewFields } from "./preview.tsx";

const splitPreviewQuery = graphql(
  `
  query SplitPreview($id: ID!, $apart: [IdentityInput!]!) {
    splitPreview(customerId: $id, apart: $apart) {
      ...PreviewFields
    }
  }
`,
  [previewFields],
);

const split = graphql(`
  mutation Split($id: ID!, $apart: [IdentityInput!]!, $reason: String!) {
    splitCustomer(customerId: $id, apart: $apart, reason: $reason) {
      verdict { id }
      customers { id }
      userErrors { message }
    }
  }
`);

interface Chosen {
  namespace: string;
  value: string;
}

/** Chooses the identities of another person, shows what a split would do, and splits. */
export function SplitSheet({ customer, onClose }: { customer: Profile; onClose: () => void }) {
  const [apart, setApart] = useState<Chosen[]>([]);
  const isChosen = (one: Chosen) => apart.some((other) => sameAs(one, other));
  return (
    <Sheet title={`Split ${nameOf(customer)}`} isOpen onClose={onClose} isWide>
      <div className="stack">
        <fieldset className="choices">
          <legend>What belongs to somebody else?</legend>
          {customer.identities.map(({ namespace, value, kind }) => {
            const one = { namespace, value };
            return (
              <label key={`${namespace} ${value}`} className="check">
                <input
                  type="checkbox"
                  checked={isChosen(one)}
                  onChange={({ target }) =>
                    setApart((known) =>
                      target.checked ? [...known, one] : known.filter((other) => !sameAs(one, other)),
                    )
                  }
                />
                <span>
                  {namespace} <span className="mono">{shortOf(value)}</span>
                </span>
                <span className="soft">{kind.toLowerCase()}</span>
              </label>
            );
          })}
        </fieldset>
        {apart.length > 0 && <SplitDecision id={customer.id} apart={apart} onClose={onClose} />}
      </div>
    </Sheet>
  );
}

function SplitDecision({ id, apart, onClose }: { id: string; apart: Chosen[]; onClose: () => void }) {
  const [result, again] = useQuery({
    query: splitPreviewQuery,
    variables: { id, apart },
    requestPolicy: "network-only",
  });
  const [{ fetching }, send] = useMutation(split);
  const [faults, setFaults] = useState<string[]>([]);

  async function decide(reason: string) {
    const { data, error } = await send({ id, apart, reason });
    const found = faultsOf(error, data?.splitCustomer.userErrors);
    setFaults(found);
    if (found.length === 0) onClose();
  }

  return (
    <Answer of={result} again={again} skeleton={<Skeleton lines={3} />}>
      {({ splitPreview }) => (
        <DecisionForm verb="Split them" faults={faults} isBusy={fetching} canDecide onDecide={decide}>
          <PreviewSummary of={splitPreview} />
        </DecisionForm>
      )}
    </Answer>
  );
}

const sameAs = (one: Chosen, other: Chosen) => one.namespace === other.namespace && one.value === other.value;
