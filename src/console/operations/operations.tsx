import { useState } from "react";
import { Button } from "react-aria-components/Button";
import { useMutation, useQuery } from "urql";
import { graphql, type ResultOf } from "../api/graphql.ts";
import { countOf, momentOf, wordsOf } from "../parts/format.ts";
import { PageHead, Panel } from "../parts/panel.tsx";
import { Answer, Empty } from "../parts/states.tsx";
import { useParameter } from "../shell/router.ts";

const rejectionsQuery = graphql(`
  query Rejections($source: String, $reason: String, $after: String) {
    rejections(source: $source, reason: $reason, first: 50, after: $after) {
      totalCount
      pageInfo { hasNextPage endCursor }
      nodes { id source sourceId reason stage message receivedAt line body }
    }
  }
`);

const replay = graphql(`
  mutation Replay($source: String, $reason: String) {
    replayRejections(source: $source, reason: $reason) {
      replayed
      accepted
      stillRejected
      userErrors { message }
    }
  }
`);

/** What could not be taken in, why, and another try. */
export function OperationsPage() {
  const [source, chooseSource] = useParameter("source");
  const [reason, chooseReason] = useParameter("reason");
  const [after, goAfter] = useParameter("after");
  const variables = { source: source || null, reason: reason || null, after: after || null };
  const [result, again] = useQuery({ query: rejectionsQuery, variables, requestPolicy: "cache-and-network" });
  return (
    <>
      <PageHead title="Operations">
        Records that were turned away. Nothing is lost: mend the cause, then replay them.
      </PageHead>
      <Answer of={result} again={again}>
        {({ rejections }) => (
          <Panel
            isFlush
            title={`${countOf(rejections.totalCount)} rejected`}
            tools={
              <>
                <Filter
                  label="Source"
                  value={source}
                  choose={chooseSource}
                  of={rejections.nodes.map((one) => one.source)}
                />
                <Filter
                  label="Reason"
                  value={reason}
                  choose={chooseReason}
                  of={rejections.nodes.map((one) => one.reason)}
                />
                <Replay source={variables.source} reason={variables.reason} again={again} />
              </>
            }
          >
            {rejections.nodes.length === 0 ? (
              <Empty title="Nothing was turned away">Every record that came was taken in, or has been since.</Empty>
            ) : (
              <Rejections nodes={rejections.nodes} />
            )}
            {rejections.pageInfo.hasNextPage && (
              <Button className="button quiet" onPress={() => goAfter(rejections.pageInfo.endCursor ?? "")}>
                Earlier
              </Button>
            )}
          </Panel>
        )}
      </Answer>
    </>
  );
}

function Rejections({ nodes }: { nodes: ResultOf<typeof rejectionsQuery>["rejections"]["nodes"] }) {
  return (
    <div className="table-scroll">
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
            <tr key={one.id}>
              <td>{momentOf(one.receivedAt)}</td>
              <td>
                {one.source}
                {one.line !== null && <span className="soft"> line {one.line}</span>}
                {one.sourceId && <div className="soft mono">{one.sourceId}</div>}
              </td>
              <td>
                <span className="tag" data-tone="bad">
                  {wordsOf(one.reason)}
                </span>
                <div className="soft">at {one.stage}</div>
              </td>
              <td>{one.message}</td>
              <td className="soft">{one.body ? Object.keys(one.body).join(", ") : "no longer kept"}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

interface FilterProps {
  label: string;
  value: string;
  of: string[];
  choose: (value: string) => void;
}

function Filter({ label, value, of, choose }: FilterProps) {
  const options = [...new Set([...of, value])].filter(Boolean).toSorted();
  return (
    <label className="check">
      {label}
      <select value={value} onChange={(event) => choose(event.target.value)}>
        <option value="">all</option>
        {options.map((option) => (
          <option key={option}>{option}</option>
        ))}
      </select>
    </label>
  );
}

function Replay({ source, reason, again }: { source: string | null; reason: string | null; again: () => void }) {
  const [{ fetching }, send] = useMutation(replay);
  const [said, say] = useState("");

  async function press() {
    const { data, error } = await send({ source, reason });
    const { replayed = 0, accepted = 0, stillRejected = 0, userErrors = [] } = data?.replayRejections ?? {};
    const refusals = [...(error?.graphQLErrors ?? []), ...userErrors].map(({ message }) => message);
    say(refusals.join(" ") || `${replayed} sent again: ${accepted} accepted, ${stillRejected} still rejected.`);
    again();
  }

  return (
    <>
      <Button className="button" onPress={press} isDisabled={fetching}>
        {fetching ? "Replaying …" : "Replay these"}
      </Button>
      <span role="status">{said}</span>
    </>
  );
}
