import { useState } from "react";
import { Button } from "react-aria-components/Button";
import { useMutation, useQuery } from "urql";
import { graphql, type ResultOf } from "../api/graphql.ts";
import { useMay } from "../api/viewer.ts";
import { shortOf } from "../customer/facts.ts";
import { dayOf, momentOf } from "../parts/format.ts";
import { Panel } from "../parts/panel.tsx";
import { Sheet } from "../parts/sheet.tsx";
import { Answer, Skeleton } from "../parts/states.tsx";
import { faultsOf } from "./faults.ts";
import { DecisionForm } from "./preview.tsx";

const verdictsQuery = graphql(`
  query Verdicts($id: ID!) {
    customer(id: $id) {
      id
      verdicts {
        id
        kind
        by
        at
        reason
        withdrawnAt
        left { namespace value }
        right { namespace value }
      }
    }
  }
`);

const withdraw = graphql(`
  mutation Withdraw($id: ID!, $reason: String!) {
    withdrawVerdict(id: $id, reason: $reason) {
      verdict { id withdrawnAt }
      customers { id }
      userErrors { message }
    }
  }
`);

type Verdict = NonNullable<ResultOf<typeof verdictsQuery>["customer"]>["verdicts"][number];

/** Requests the verdicts while the profile is loading. */
export function useVerdictsAhead(customerId: string): void {
  useQuery({ query: verdictsQuery, variables: { id: customerId } });
}

/** The verdicts about the customer; each can be withdrawn. */
export function Verdicts({ customerId }: { customerId: string }) {
  const [withdrawing, setWithdrawing] = useState<Verdict | null>(null);
  const [result, again] = useQuery({ query: verdictsQuery, variables: { id: customerId } });
  return (
    <Panel title="Decided by people">
      <Answer of={result} again={again} skeleton={<Skeleton lines={2} />}>
        {({ customer }) => (
          <>
            {customer?.verdicts.length === 0 && (
              <p className="note">Nothing: the identities hang together by evidence alone.</p>
            )}
            <ul className="stack">
              {customer?.verdicts.map((verdict) => (
                <VerdictRow key={verdict.id} verdict={verdict} onWithdraw={() => setWithdrawing(verdict)} />
              ))}
            </ul>
          </>
        )}
      </Answer>
      {withdrawing && <WithdrawSheet verdict={withdrawing} onClose={() => setWithdrawing(null)} />}
    </Panel>
  );
}

function VerdictRow({ verdict, onWithdraw }: { verdict: Verdict; onWithdraw: () => void }) {
  const { kind, by, at, reason, withdrawnAt } = verdict;
  const mayDecide = useMay()("verdicts:write");
  return (
    <li className="verdict" data-withdrawn={withdrawnAt !== null}>
      <span className="row">
        <span className="tag" data-tone={kind === "MUST" ? "good" : "bad"}>
          {kind === "MUST" ? "one customer" : "kept apart"}
        </span>
        <span className="soft">
          {by}, {momentOf(at)}
        </span>
        {withdrawnAt ? (
          <span className="tag">withdrawn {dayOf(withdrawnAt)}</span>
        ) : (
          mayDecide && (
            <Button className="button quiet" onPress={onWithdraw}>
              Withdraw
            </Button>
          )
        )}
      </span>
      <p>{reason}</p>
      <p className="note">
        {named(verdict.left)} {kind === "MUST" ? "and" : "never with"} {named(verdict.right)}
      </p>
    </li>
  );
}

function WithdrawSheet({ verdict, onClose }: { verdict: Verdict; onClose: () => void }) {
  const [{ fetching }, send] = useMutation(withdraw);
  const [faults, setFaults] = useState<string[]>([]);

  async function decide(reason: string) {
    const { data, error } = await send({ id: verdict.id, reason });
    const found = faultsOf(error, data?.withdrawVerdict.userErrors);
    setFaults(found);
    if (found.length === 0) onClose();
  }

  return (
    <Sheet title="Withdraw this decision" isOpen onClose={onClose}>
      <DecisionForm verb="Withdraw it" faults={faults} isBusy={fetching} canDecide onDecide={decide}>
        <p>
          “{verdict.reason}” by {verdict.by}. Afterwards the evidence alone says who is who, as it did before, with what
          has come since.
        </p>
      </DecisionForm>
    </Sheet>
  );
}

/** The first few identities by name: a split lists every identity of both sides. */
function named(identities: Verdict["left"]): string {
  const shown = identities.slice(0, 3).map(({ namespace, value }) => `${namespace} ${shortOf(value)}`);
  const more = identities.length - shown.length;
  return shown.join(", ") + (more > 0 ? ` and ${more} more` : "");
}
