import { Button } from "react-aria-components/Button";
import { useQuery } from "urql";
import { graphql } from "../api/graphql.ts";
import { flagsOf, nameOf } from "../customer/facts.ts";
import { agoOf, countOf } from "../parts/format.ts";
import { useNow } from "../parts/now.ts";
import { Panel } from "../parts/panel.tsx";
import { Answer, Empty } from "../parts/states.tsx";
import { changeParameters, usePlace } from "../shell/router.ts";

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

const list = (text: string | null) => (text ? text.split(",").map((part) => part.trim()) : null);

/** Finds customers by name, identity, segment and flags; all of it stands in the address. */
export function CustomerSearch() {
  const { search } = usePlace();
  const now = useNow();
  const who = search.get("who") ?? "named";
  const filter = {
    search: search.get("search"),
    segments: list(search.get("segments")),
    regions: list(search.get("regions")),
    isAnonymous: who === "all" ? null : who === "anonymous",
    vvip: search.get("vvip") ? true : null,
    highRisk: search.get("risk") ? true : null,
  };
  const [result, again] = useQuery({ query: customersQuery, variables: { filter, after: search.get("after") } });
  return (
    <div className="stack">
      <Filters search={search} />
      <Answer of={result} again={again}>
        {({ customers: { nodes, pageInfo, totalCount } }) => (
          <Panel
            isFlush
            title={totalCount === null ? "More than 10,000 customers" : `${countOf(totalCount)} customers`}
          >
            {nodes.length === 0 && <Empty title="Nobody fits">Take a filter away.</Empty>}
            <div className="table-scroll">
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
                    <tr key={customer.id}>
                      <td>
                        <a href={`/customers/${customer.id}`}>{nameOf(customer)}</a>
                      </td>
                      <td>
                        {[customer.record?.customerSegmentId, customer.record?.region].filter(Boolean).join(", ")}
                      </td>
                      <td>
                        <span className="row tight">
                          {flagsOf(customer)
                            .filter(({ label }) => !customer.isAnonymous || !label.startsWith("Nobody"))
                            .map(({ label, tone }) => (
                              <span key={label} className="tag" data-tone={tone}>
                                {label}
                              </span>
                            ))}
                        </span>
                      </td>
                      <td className="number">{countOf(customer.summary.interactionCount)}</td>
                      <td className="number">{countOf(customer.summary.callsLast30Days)}</td>
                      <td className="keep">{agoOf(customer.summary.lastSeenAt, now)}</td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </div>
            {pageInfo.hasNextPage && (
              <Button className="button quiet" onPress={() => changeParameters({ after: pageInfo.endCursor ?? null })}>
                Next
              </Button>
            )}
          </Panel>
        )}
      </Answer>
    </div>
  );
}

function Filters({ search }: { search: URLSearchParams }) {
  const change = (name: string, value: string) => changeParameters({ [name]: value || null, after: null });
  return (
    <search>
      <form className="filters panel bar" onSubmit={(event) => event.preventDefault()}>
        <TextFilter label="Name or identity" name="search" {...{ search, change }} />
        <TextFilter label="Segments" name="segments" {...{ search, change }} />
        <TextFilter label="Regions" name="regions" {...{ search, change }} />
        <label className="field">
          Who
          <select value={search.get("who") ?? "named"} onChange={(event) => change("who", event.target.value)}>
            <option value="">all</option>
            <option value="named">named</option>
            <option value="anonymous">anonymous</option>
          </select>
        </label>
        <Flag label="VVIP" name="vvip" {...{ search, change }} />
        <Flag label="High risk" name="risk" {...{ search, change }} />
      </form>
    </search>
  );
}

interface FilterProps {
  label: string;
  name: string;
  search: URLSearchParams;
  change: (name: string, value: string) => void;
}

function TextFilter({ label, name, search, change }: FilterProps) {
  const value = search.get(name) ?? "";
  return (
    <label className="field">
      {label}
      <input
        key={value}
        type="search"
        defaultValue={value}
        onBlur={(event) => change(name, event.target.value.trim())}
        onKeyDown={(event) => event.key === "Enter" && change(name, event.currentTarget.value.trim())}
      />
    </label>
  );
}

function Flag({ label, name, search, change }: FilterProps) {
  return (
    <label className="check">
      <input
        type="checkbox"
        checked={search.has(name)}
        onChange={(event) => change(name, event.target.checked ? "yes" : "")}
      />
      {label}
    </label>
  );
}
