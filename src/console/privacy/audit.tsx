import { useQuery } from "urql";
import { graphql, type ResultOf } from "../api/graphql.ts";
import { isDateText, midnightOf } from "../parts/days.ts";
import { countOf, momentOf } from "../parts/format.ts";
import { More } from "../parts/more.tsx";
import { PageHead, Panel } from "../parts/panel.tsx";
import { Answer, Empty } from "../parts/states.tsx";
import { changeParameters, usePlace } from "../shell/router.ts";
import { AuditFilters } from "./audit-filters.tsx";
import { AUDIT_WORDS } from "./audit-words.ts";
import "./audit.css";

const auditQuery = graphql(`
  query Audit($filter: AuditFilterInput, $after: String) {
    audit(filter: $filter, first: 50, after: $after) {
      totalCount
      pageInfo { hasNextPage endCursor }
      nodes { id at actor actorId action customerId verdictId keyId receiptId about }
    }
  }
`);

type Entry = ResultOf<typeof auditQuery>["audit"]["nodes"][number];

/** Who looked at whom, and who did what: for whoever answers for it. */
export function AuditPage() {
  const { search } = usePlace();
  const filter = auditFilterOf(search);
  const isFiltered = Object.values(filter).some((value) => value !== null);
  const variables = { filter, after: search.get("after") };
  const [result, again] = useQuery({ query: auditQuery, variables, requestPolicy: "cache-and-network" });
  return (
    <div className="stack">
      <PageHead title="Audit">
        Who looked at whom, searched, exported, decided and wrote, and through which key. That you read it is noted too.
      </PageHead>
      <AuditFilters search={search} />
      <Answer of={result} again={again}>
        {({ audit: { nodes, totalCount, pageInfo } }) => (
          <Panel isFlush title={totalCount === null ? "More than 10,000 entries" : `${countOf(totalCount)} entries`}>
            {nodes.length > 0 ? <Entries nodes={nodes} /> : <Nothing isFiltered={isFiltered} />}
            <More pageInfo={pageInfo} />
          </Panel>
        )}
      </Answer>
    </div>
  );
}

function Nothing({ isFiltered }: { isFiltered: boolean }) {
  if (isFiltered) return <Empty title="Nobody did">Take a filter away.</Empty>;
  return <Empty title="Nothing yet">Looks, searches and decisions stand here once there are any.</Empty>;
}

/** The filter that the address holds: days are the browser's. */
function auditFilterOf(search: URLSearchParams) {
  const from = dayIn(search, "from");
  const to = dayIn(search, "to");
  return {
    customerId: search.get("customer"),
    actorId: search.get("by"),
    actions: search.get("action")?.split(",") ?? null,
    period: from || to ? { from: from ? midnightOf(from, 0) : EVER.from, to: to ? midnightOf(to, 1) : EVER.to } : null,
  };
}

function dayIn(search: URLSearchParams, name: string): string | null {
  const day = search.get(name);
  return isDateText(day) ? day : null;
}

const EVER = { from: "1971-01-01T00:00:00Z", to: "2199-01-01T00:00:00Z" };

function Entries({ nodes }: { nodes: readonly Entry[] }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
    <section className="table-scroll" aria-label="Audit" tabIndex={0}>
      <table>
        <caption className="unseen">Entries of the audit, newest first</caption>
        <thead>
          <tr>
            <th>When</th>
            <th>Who</th>
            <th>Through which key</th>
            <th>What</th>
            <th>Whom</th>
          </tr>
        </thead>
        <tbody>
          {nodes.map((entry) => (
            <Row key={entry.id} {...entry} />
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Row({ at, actor, actorId, action, customerId, verdictId, keyId, receiptId, about }: Entry) {
  const ids = { decision: verdictId, key: keyId, receipt: receiptId };
  const more = [...Object.entries(ids).map(([name, id]) => id && `${name} ${id}`), about];
  return (
    <tr>
      <td className="keep">{momentOf(at)}</td>
      <td>{actor}</td>
      <td>
        {actorId ? <Chosen name="by" value={actorId} /> : <span className="soft">from before keys were noted</span>}
      </td>
      <td>
        {AUDIT_WORDS[action] ?? action}
        {more.filter(Boolean).map((text) => (
          <div key={text} className="soft mono">
            {text}
          </div>
        ))}
      </td>
      <td>{customerId && <Whom customerId={customerId} />}</td>
    </tr>
  );
}

function Whom({ customerId }: { customerId: string }) {
  return (
    <span className="row tight">
      <Chosen name="customer" value={customerId} />
      <a href={`/customers/${customerId}`}>open</a>
    </span>
  );
}

/** A value that filters by itself. */
function Chosen({ name, value }: { name: string; value: string }) {
  return (
    <button
      type="button"
      className="link mono chosen"
      title={`Only of ${value}`}
      onClick={() => changeParameters({ [name]: value, after: null })}
    >
      {value}
    </button>
  );
}
