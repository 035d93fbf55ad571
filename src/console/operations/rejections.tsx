import { useQuery } from "urql";
import { graphql, type ResultOf } from "../api/graphql.ts";
import { useMay } from "../api/viewer.ts";
import { countOf, momentOf, wordsOf } from "../parts/format.ts";
import { More } from "../parts/more.tsx";
import { PageHead, Panel } from "../parts/panel.tsx";
import { Answer, Empty } from "../parts/states.tsx";
import { changeParameters, usePlace } from "../shell/router.ts";
import { Replay } from "./replay.tsx";

const rejectionsQuery = graphql(`
  query Rejections($source: String, $reason: String, $after: String) {
    rejections(source: $source, reason: $reason, first: 50, after: $after) {
      totalCount
      pageInfo { hasNextPage endCursor }
      nodes { id source sourceId reason stage message receivedAt line body }
    }
  }
`);

const reasonsQuery = graphql(`
  query Waiting($period: PeriodInput!) {
    intake(period: $period) {
      waiting { source reason count }
    }
  }
`);

type Rejection = ResultOf<typeof rejectionsQuery>["rejections"]["nodes"][number];

/** The rejected records with their reasons, and a replay. */
export function Rejections() {
  const { search } = usePlace();
  const may = useMay();
  const of = { source: search.get("source"), reason: search.get("reason") };
  const variables = { ...of, after: search.get("after") };
  const [result, again] = useQuery({ query: rejectionsQuery, variables, requestPolicy: "cache-and-network" });
  return (
    <>
      <PageHead title="Rejections">Nothing is lost: mend the cause, then replay what it turned away.</PageHead>
      <Answer of={result} again={again}>
        {({ rejections: { nodes, totalCount, pageInfo } }) => (
          <Panel
            isFlush
            title={totalCount === null ? "More than 10,000 rejected" : `${countOf(totalCount)} rejected`}
            tools={
              <>
                <Filters {...of} />
                {may("rejections:replay") && <Replay {...of} again={again} />}
              </>
            }
          >
            {nodes.length === 0 ? (
              <Empty title="Nothing was turned away">Every record that came was taken in, or has been since.</Empty>
            ) : (
              <Table nodes={nodes} />
            )}
            <More pageInfo={pageInfo} />
          </Panel>
        )}
      </Answer>
    </>
  );
}

function Table({ nodes }: { nodes: Rejection[] }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
    <section className="table-scroll" aria-label="Rejected records" tabIndex={0}>
      <table>
        <caption className="unseen">Rejected records, newest first</caption>
        <thead>
          <tr>
            <th>Received</th>
            <th>Source</th>
            <th>Reason</th>
            <th>What to mend</th>
            <th>Fields sent</th>
          </tr>
        </thead>
        <tbody>
          {nodes.map((one) => (
            <Row key={one.id} {...one} />
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Row({ receivedAt, source, sourceId, line, reason, stage, message, body }: Rejection) {
  return (
    <tr>
      <td className="keep">{momentOf(receivedAt)}</td>
      <td>
        {source}
        {line !== null && <span className="soft"> line {line}</span>}
        {sourceId && <div className="soft mono">{sourceId}</div>}
      </td>
      <td className="keep">
        <span className="tag" data-tone="bad">
          {wordsOf(reason)}
        </span>
        <div className="soft">at {stage}</div>
      </td>
      <td>{message}</td>
      <td className="soft">{body ? Object.keys(body).join(", ") : "no longer kept"}</td>
    </tr>
  );
}

/** The sources and reasons of all rejections, not only of this page. */
function Filters({ source, reason }: { source: string | null; reason: string | null }) {
  const mayRead = useMay()("intake:read");
  // Any period will do: waiting rejections are listed whenever they came.
  const [{ data }] = useQuery({
    query: reasonsQuery,
    variables: { period: LAST_DAY },
    pause: !mayRead,
  });
  const waiting = data?.intake.waiting ?? [];
  return (
    <>
      <Filter label="Source" name="source" value={source} of={waiting.map((one) => one.source)} />
      <Filter label="Reason" name="reason" value={reason} of={waiting.map((one) => one.reason)} />
    </>
  );
}

const LAST_DAY = { from: new Date(Date.now() - 86_400_000).toISOString(), to: new Date().toISOString() };

interface FilterProps {
  label: string;
  name: string;
  value: string | null;
  of: string[];
}

function Filter({ label, name, value, of }: FilterProps) {
  const options = [...new Set(value ? [...of, value] : of)].toSorted();
  return (
    <label className="check">
      {label}
      <select
        value={value ?? ""}
        onChange={({ target }) => changeParameters({ [name]: target.value || null, after: null })}
      >
        <option value="">all</option>
        {options.map((option) => (
          <option key={option} value={option}>
            {name === "reason" ? wordsOf(option) : option}
          </option>
        ))}
      </select>
    </label>
  );
}
