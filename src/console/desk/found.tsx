import { useQuery } from "urql";
import { graphql } from "../api/graphql.ts";
import { nameOf } from "../customer/facts.ts";
import { agoOf } from "../parts/format.ts";
import { useNow } from "../parts/now.ts";
import { Panel } from "../parts/panel.tsx";
import { Answer } from "../parts/states.tsx";
import { DeskCustomer } from "./desk-customer.tsx";
import { typedIdentity } from "./identity-in.ts";
import { NewCaller } from "./new-caller.tsx";

const foundQuery = graphql(`
  query Found($text: String!) {
    customers(filter: { search: $text }, first: 12) {
      nodes {
        id
        displayName
        isAnonymous
        identities { namespace value }
        record { region customerSegmentId vvip }
        summary { lastSeenAt lastCallReason interactionCount }
      }
    }
  }
`);

/** The customers that the text finds: a single one opens at once, several are listed. */
export function FoundCustomers({ wanted }: { wanted: string }) {
  const now = useNow();
  const [result, again] = useQuery({ query: foundQuery, variables: { text: wanted } });
  return (
    <Answer of={result} again={again}>
      {({ customers: { nodes } }) => {
        const [only] = nodes;
        if (!only)
          return <NewCaller title={`Nobody answers to “${wanted}”`} typed={typedIdentity(wanted) ? wanted : ""} />;
        if (nodes.length === 1) return <DeskCustomer customerId={only.id} />;
        return (
          <Panel title={`${nodes.length === 12 ? "The first 12" : nodes.length} who answer to “${wanted}”`} isFlush>
            <ul className="candidates">
              {nodes.map((customer) => (
                <li key={customer.id}>
                  <a href={`/desk?customer=${customer.id}`}>
                    <strong>{nameOf(customer)}</strong>
                    <span>
                      {[customer.record?.customerSegmentId, customer.record?.region].filter(Boolean).join(", ")}
                    </span>
                    <span>
                      {customer.summary.lastCallReason && `last called about ${customer.summary.lastCallReason}`}
                    </span>
                    <span className="soft">seen {agoOf(customer.summary.lastSeenAt, now)}</span>
                  </a>
                </li>
              ))}
            </ul>
          </Panel>
        );
      }}
    </Answer>
  );
}
