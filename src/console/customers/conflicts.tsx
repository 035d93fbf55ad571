import { Button } from "react-aria-components/Button";
import { useQuery } from "urql";
import { graphql, type ResultOf } from "../api/graphql.ts";
import { shortOf } from "../customer/facts.ts";
import { countOf, momentOf, wordsOf } from "../parts/format.ts";
import { More } from "../parts/more.tsx";
import { PageHead, Panel } from "../parts/panel.tsx";
import { Answer, Empty } from "../parts/states.tsx";
import { changeParameters, go, usePlace } from "../shell/router.ts";

const conflictsQuery = graphql(`
  query Conflicts($kind: ConflictKind, $after: String) {
    identityConflicts(kind: $kind, first: 50, after: $after) {
      totalCount
      pageInfo { hasNextPage endCursor }
      nodes {
        kind
        message
        source
        observedAt
        a { namespace value }
        b { namespace value }
      }
    }
  }
`);

const KINDS = ["CONTESTED", "LIMIT", "NEVER", "SIZE", "SOURCE", "OVERRULED"] as const;
type Kind = (typeof KINDS)[number];

type Conflict = ResultOf<typeof conflictsQuery>["identityConflicts"]["nodes"][number];

/** Pairs that evidence ties and the rules keep apart: a person may know better. */
export function Conflicts() {
  const { search } = usePlace();
  const kind = KINDS.find((known) => known === search.get("kind")) ?? null;
  const variables: { kind: Kind | null; after: string | null } = { kind, after: search.get("after") };
  const [result, again] = useQuery({ query: conflictsQuery, variables });
  return (
    <>
      <PageHead title="Kept apart">
        Evidence ties these together and the rules refuse. Open one side to merge or to split.{" "}
        <a href="/customers">All customers</a>
      </PageHead>
      <Answer of={result} again={again}>
        {({ identityConflicts: { nodes, totalCount, pageInfo } }) => (
          <Panel
            isFlush
            title={totalCount === 1 ? "1 conflict" : `${countOf(totalCount)} conflicts`}
            tools={<KindChoice kind={kind} />}
          >
            {nodes.length > 0 ? (
              <List nodes={nodes} />
            ) : (
              <Empty title="Nothing is kept apart">All that was seen together belongs together.</Empty>
            )}
            <More pageInfo={pageInfo} />
          </Panel>
        )}
      </Answer>
    </>
  );
}

function KindChoice({ kind }: { kind: Kind | null }) {
  return (
    <label className="check">
      Kind
      <select
        value={kind ?? ""}
        onChange={({ target }) => changeParameters({ kind: target.value || null, after: null })}
      >
        <option value="">all</option>
        {KINDS.map((one) => (
          <option key={one} value={one}>
            {wordsOf(one)}
          </option>
        ))}
      </select>
    </label>
  );
}

function List({ nodes }: { nodes: readonly Conflict[] }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
    <section className="table-scroll" aria-label="Identity conflicts" tabIndex={0}>
      <table>
        <caption className="unseen">Identity conflicts, the last seen first</caption>
        <thead>
          <tr>
            <th>Kind</th>
            <th>What is kept apart</th>
            <th>Why</th>
            <th>Sent by</th>
            <th>Seen</th>
          </tr>
        </thead>
        <tbody>
          {nodes.map((conflict) => (
            <Row key={keyOf(conflict)} {...conflict} />
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Row({ kind, message, source, observedAt, a, b }: Conflict) {
  return (
    <tr>
      <td>
        <span className="tag" data-tone="warn">
          {wordsOf(kind)}
        </span>
      </td>
      <td>
        <Side {...a} />
        <Side {...b} />
      </td>
      <td>{message}</td>
      <td className="soft">{source}</td>
      <td className="soft keep">{momentOf(observedAt)}</td>
    </tr>
  );
}

function Side({ namespace, value }: { namespace: string; value: string }) {
  return (
    <div className="side-of">
      <span className="soft">{namespace}</span>
      <Button
        className="link mono"
        onPress={() => go(`/customers?${new URLSearchParams({ search: value, who: "all" })}`)}
      >
        {shortOf(value)}
      </Button>
    </div>
  );
}

const keyOf = ({ a, b }: Conflict) => [a.namespace, a.value, b.namespace, b.value].join(" ");
