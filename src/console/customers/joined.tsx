import { useQuery } from "urql";
import { graphql, type ResultOf } from "../api/graphql.ts";
import { IdentityName, keyOf } from "../customer/identities.tsx";
import type { IdentityFields } from "../customer/profile.query.ts";
import { dayOf } from "../parts/format.ts";
import { Panel } from "../parts/panel.tsx";
import { Answer, Skeleton } from "../parts/states.tsx";
import { decisionSaid, sightingSaid } from "./evidence.ts";

const evidenceQuery = graphql(`
  query Evidence($id: ID!) {
    customer(id: $id) {
      id
      identities {
        namespace
        value
        seenWith {
          namespace
          value
          records
          sources
          firstAt
          lastAt
        }
        joinedBy { id by at reason }
      }
    }
  }
`);

export type IdentityEvidence = NonNullable<ResultOf<typeof evidenceQuery>["customer"]>["identities"][number];

/** Requests the evidence while the profile is loading. */
export function useEvidenceAhead(customerId: string): void {
  useQuery({ query: evidenceQuery, variables: { id: customerId } });
}

/** The customer's identities, and the evidence that they are one person's. */
export function JoinedPanel({ customerId, identities }: { customerId: string; identities: readonly IdentityFields[] }) {
  const [result, again] = useQuery({ query: evidenceQuery, variables: { id: customerId } });
  return (
    <Panel title="Identities, and how they were joined" isFlush>
      <Answer of={result} again={again} skeleton={<Skeleton lines={4} />}>
        {({ customer }) => {
          const known = new Map(customer?.identities.map((one) => [keyOf(one), one]));
          return (
            <ul className="joined">
              {identities.map((identity) => (
                <li key={keyOf(identity)}>
                  <IdentityName of={identity} />
                  {identities.length > 1 ? <Ties of={known.get(keyOf(identity))} /> : <span />}
                  <Seen of={identity} />
                </li>
              ))}
            </ul>
          );
        }}
      </Answer>
    </Panel>
  );
}

/** What each kind of identity means. */
const KINDS = {
  ANCHOR: "Identifies one customer",
  PERSONAL: "Belongs to one person",
  CARRIER: "Used by whoever holds it",
} as const satisfies Record<IdentityFields["kind"], string>;

function Seen({ of: { kind, firstSeenAt, lastSeenAt } }: { of: IdentityFields }) {
  const [first, last] = [dayOf(firstSeenAt), dayOf(lastSeenAt)];
  return (
    <p className="note">
      {KINDS[kind]}
      <br />
      seen {first === last ? `on ${last}` : `${first} to ${last}`}
    </p>
  );
}

/** How many sightings are shown; the others open below. */
const TOLD = 1;

function Ties({ of: evidence }: { of: IdentityEvidence | undefined }) {
  if (!evidence) return null;
  const sentences = [
    ...evidence.joinedBy.map((verdict) => ({ key: verdict.id, text: decisionSaid(verdict) })),
    ...evidence.seenWith.map((seen) => ({ key: keyOf(seen), text: sightingSaid(seen) })),
  ];
  if (sentences.length === 0)
    return <p className="note">On no record with the others: theirs for a time, or by way of another.</p>;
  const lines = sentences.map(({ key, text }) => <li key={key}>{text}</li>);
  const rest = lines.slice(TOLD);
  return (
    <div>
      <ul className="ties">{lines.slice(0, TOLD)}</ul>
      {rest.length > 0 && (
        <details>
          <summary className="note">and {rest.length} more</summary>
          <ul className="ties">{rest}</ul>
        </details>
      )}
    </div>
  );
}
