import { useQuery } from "urql";
import { graphql } from "../api/graphql.ts";
import { nameOf } from "../customer/facts.ts";
import { Advice } from "../live/advice.tsx";
import { type Lookup, lookupFields } from "../live/pop.query.ts";
import { decimalOf, percentOf } from "../parts/format.ts";
import { Panel } from "../parts/panel.tsx";
import { Skeleton } from "../parts/states.tsx";
import { DeskCustomer } from "./desk-customer.tsx";
import { Found } from "./found.tsx";

const callerQuery = graphql(
  `
  query Caller($input: LookupCallerInput!) {
    lookupCaller(input: $input) {
      ...LookupFields
    }
  }
`,
  [lookupFields],
);

interface CallerProps {
  wanted: string;
  identity: { namespace: string; value: string };
}

/** Whoever may be behind an identity, ranked; a key that may not look callers up searches instead. */
export function Caller({ wanted, identity }: CallerProps) {
  const [{ data, error }] = useQuery({ query: callerQuery, variables: { input: { identities: [identity] } } });
  if (error) return <Found wanted={wanted} />;
  if (!data) return <Skeleton lines={12} />;
  const { candidates, advice, latencyMs } = data.lookupCaller;
  const [first] = candidates;
  if (!first) return <Found wanted={wanted} />;
  if (candidates.length > 1) return <Candidates lookup={data.lookupCaller} wanted={wanted} />;
  return (
    <div className="stack">
      <div className="row spread">
        <Advice advice={advice} />
        <span className="note">
          {first.why} Found in {decimalOf(latencyMs)} ms.
        </span>
      </div>
      <DeskCustomer customerId={first.customer.id} />
    </div>
  );
}

function Candidates({ lookup: { candidates, advice }, wanted }: { lookup: Lookup; wanted: string }) {
  return (
    <Panel title={`${candidates.length} may be calling from “${wanted}”`} isFlush>
      <ul className="candidates">
        {candidates.map(({ customer, confidence, why }) => (
          <li key={customer.id}>
            <a href={`/desk?customer=${customer.id}`}>
              <strong>{nameOf(customer)}</strong>
              <span>{[customer.record?.customerSegmentId, customer.record?.region].filter(Boolean).join(", ")}</span>
              <span>{why}</span>
              <span className="tag" data-tone="accent">
                {percentOf(confidence)}
              </span>
            </a>
          </li>
        ))}
      </ul>
      <div className="panel-body">
        <Advice advice={advice} />
      </div>
    </Panel>
  );
}

/** What was typed, when it reads as an identity: a number, an address, or a namespace with its value. */
export function identityIn(text: string): CallerProps["identity"] | null {
  if (/^\+?[\d\s()./-]{6,}$/.test(text)) return { namespace: "phone", value: text };
  if (/^\S+@\S+\.\S+$/.test(text)) return { namespace: "email", value: text };
  const [, namespace, value] = /^([a-z][\w@.-]*):\s*(\S+)$/i.exec(text) ?? [];
  return namespace && value ? { namespace, value } : null;
}
