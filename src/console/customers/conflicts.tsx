import { Button } from "react-aria-components/Button";
import { useQuery } from "urql";
import { graphql } from "../api/graphql.ts";
import { shortOf } from "../customer/facts.ts";
import { countOf, momentOf, wordsOf } from "../parts/format.ts";
import { PageHead, Panel } from "../parts/panel.tsx";
import { Answer, Empty } from "../parts/states.tsx";
import { useParameter } from "../shell/router.ts";

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

const KINDS = ["CONTESTED", "LIMIT", "NEVER", "SIZE", "OVERRULED"] as const;
type Kind = (typeof KINDS)[number];

/** Pairs that something ties together and the rules keep apart: where a person may know better. */
export function Conflicts() {
  const [kind, choose] = useParameter("kind");
  const [after, goAfter] = useParameter("after");
  const variables = { kind: (kind || null) as Kind | null, after: after || null };
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
            title={`${countOf(totalCount)} conflicts`}
            tools={
              <label className="check">
                Kind
                <select value={kind} onChange={(event) => choose(event.target.value)}>
                  <option value="">all</option>
                  {KINDS.map((one) => (
                    <option key={one} value={one}>
                      {wordsOf(one)}
                    </option>
                  ))}
                </select>
              </label>
            }
          >
            {nodes.length === 0 && <Empty title="Nothing is kept apart" />}
            <div className="table-scroll">
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
                  {nodes.map(({ kind: why, message, source, observedAt, a, b }) => (
                    <tr key={`${a.namespace}${a.value}${b.namespace}${b.value}`}>
                      <td>
                        <span className="tag" data-tone="warn">
                          {wordsOf(why)}
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
                  ))}
                </tbody>
              </table>
            </div>
            {pageInfo.hasNextPage && (
              <Button className="button quiet" onPress={() => goAfter(pageInfo.endCursor ?? "")}>
                Next
              </Button>
            )}
          </Panel>
        )}
      </Answer>
    </>
  );
}

function Side({ namespace, value }: { namespace: string; value: string }) {
  return (
    <div className="side-of">
      <span className="soft">{namespace}</span>
      <a className="mono" href={`/customers?${new URLSearchParams({ search: value, who: "all" })}`} title={value}>
        {shortOf(value)}
      </a>
    </div>
  );
}
