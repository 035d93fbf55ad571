import { useQuery } from "urql";
import { graphql, type ResultOf } from "../api/graphql.ts";
import { useMay } from "../api/viewer.ts";
import { listOf } from "../builder/asked.ts";
import { flagsOf, nameOf } from "../customer/facts.ts";
import { agoOf, countOf } from "../parts/format.ts";
import { More } from "../parts/more.tsx";
import { useNow } from "../parts/now.ts";
import { Panel } from "../parts/panel.tsx";
import { Answer, Empty } from "../parts/states.tsx";
import { usePlace } from "../shell/router.ts";
import { SearchFilters } from "./search-filters.tsx";

const customersQuery = graphql(`
  query Customers($filter: CustomerFilterInput, $after: String) {
    customers(filter: $filter, first: 40, after: $after) {
      totalCount
      pageInfo { hasNextPage endCursor }
      nodes {
        id
        displayName
        isAnonymous
        identities { namespace value }
        record { region customerSegmentId vvip premierCustomer highRiskCustomer financialRiskCustomer customerRestriction }
        summary { lastSeenAt interactionCount callsLast30Days isRepeatCaller unresolvedCount lastCallReason }
      }
    }
  }
`);

type Found = ResultOf<typeof customersQuery>["customers"]["nodes"][number];

/** Finds customers by name, identity, segment and flags. */
export function CustomerSearch() {
  const { search } = usePlace();
  const variables = { filter: filterOf(search), after: search.get("after") };
  const mayAsk = useMay()("customers:list") || search.has("search");
  const [result, again] = useQuery({ query: customersQuery, variables, pause: !mayAsk });
  return (
    <div className="stack">
      <SearchFilters search={search} />
      {mayAsk ? (
        <Answer of={result} again={again}>
          {({ customers: { nodes, pageInfo, totalCount } }) => (
            <Panel isFlush title={titleOf(totalCount)}>
              {nodes.length > 0 ? <List nodes={nodes} /> : <Nobody isFiltered={search.size > 0} />}
              <More pageInfo={pageInfo} />
            </Panel>
          )}
        </Answer>
      ) : (
        <Empty title="Whom are you looking for?">Enter a name or an identity.</Empty>
      )}
    </div>
  );
}

function filterOf(search: URLSearchParams) {
  const who = search.get("who") ?? "named";
  return {
    search: search.get("search"),
    segments: listOf(search, "segments"),
    regions: listOf(search, "regions"),
    isAnonymous: who === "all" ? null : who === "anonymous",
    vvip: search.get("vvip") ? true : null,
    highRisk: search.get("risk") ? true : null,
  };
}

function titleOf(total: number | null): string {
  if (total === null) return "More than 10,000 customers";
  return `${countOf(total)} ${total === 1 ? "customer" : "customers"}`;
}

function Nobody({ isFiltered }: { isFiltered: boolean }) {
  if (isFiltered) return <Empty title="Nobody fits">Take a filter away.</Empty>;
  return <Empty title="Nobody is known yet">Customers come with the first record that any system sends.</Empty>;
}

function List({ nodes }: { nodes: readonly Found[] }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
    <section className="table-scroll" aria-label="Customers" tabIndex={0}>
      <table>
        <caption className="unseen">Customers</caption>
        <thead>
          <tr>
            <th>Customer</th>
            <th>Segment, region</th>
            <th>Flags</th>
            <th className="number">Interactions</th>
            <th className="number">Calls in 30 days</th>
            <th>Last seen</th>
          </tr>
        </thead>
        <tbody>
          {nodes.map((customer) => (
            <Row key={customer.id} customer={customer} />
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Row({ customer }: { customer: Found }) {
  const now = useNow();
  const { id, record, summary } = customer;
  // The name already says that the customer is anonymous.
  const flags = flagsOf({ ...customer, isAnonymous: false });
  return (
    <tr>
      <td>
        <a href={`/customers/${id}`}>{nameOf(customer)}</a>
      </td>
      <td>{[record?.customerSegmentId, record?.region].filter(Boolean).join(", ")}</td>
      <td>
        <span className="row tight">
          {flags.map(({ label, tone }) => (
            <span key={label} className="tag" data-tone={tone}>
              {label}
            </span>
          ))}
        </span>
      </td>
      <td className="number">{countOf(summary.interactionCount)}</td>
      <td className="number">{countOf(summary.callsLast30Days)}</td>
      <td className="keep">{agoOf(summary.lastSeenAt, now)}</td>
    </tr>
  );
}
