import { useQuery } from "urql";
import { graphql } from "../api/graphql.ts";
import { useMay } from "../api/viewer.ts";
import { nameOf } from "../customer/facts.ts";
import { Advice } from "../live/advice.tsx";
import { type LookupFields, lookupFields } from "../live/pop.query.ts";
import { decimalOf, percentOf } from "../parts/format.ts";
import { Panel } from "../parts/panel.tsx";
import { Skeleton } from "../parts/states.tsx";
import { DeskCustomer } from "./desk-customer.tsx";
import { FoundCustomers } from "./found.tsx";
import type { typedIdentity } from "./identity-in.ts";

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
  identity: NonNullable<ReturnType<typeof typedIdentity>>;
}

/** The customers who may own an identity, ranked; a key without the scope for look-ups searches instead. */
export function Caller({ wanted, identity }: CallerProps) {
  const mayLookUp = useMay()("live:lookup");
  const variables = { input: { identities: [identity] } };
  const [{ data, error }] = useQuery({ query: callerQuery, variables, pause: !mayLookUp });
  if (error || !mayLookUp) return <FoundCustomers wanted={wanted} />;
  if (!data) return <Skeleton lines={12} />;
  const { candidates, advice, latencyMs } = data.lookupCaller;
  const [first] = candidates;
  if (!first) return <FoundCustomers wanted={wanted} />;
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

function Candidates({
  lookup: { candidates, candidatesTotal, advice },
  wanted,
}: {
  lookup: LookupFields;
  wanted: string;
}) {
  return (
    <Panel title={`${candidatesTotal} may be calling from “${wanted}”`} isFlush>
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
