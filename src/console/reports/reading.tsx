import { useEffect, useState } from "react";
import { type AnyVariables, useClient } from "urql";
import { graphql, type ResultOf } from "../api/graphql.ts";
import { codesOf } from "../parts/failure.ts";
import { countOf, lengthOf, percentOf } from "../parts/format.ts";
import { Answer } from "../parts/states.tsx";

const loadingQuery = graphql(`
  query ReportsLoading {
    reportsLoading { rows expectedRows seconds }
  }
`);

type Loading = NonNullable<ResultOf<typeof loadingQuery>["reportsLoading"]>;

const LOOK_MS = 1_000;

/** How far the server is with reading what reports are about, asked every second while somebody waits; null when it is not. */
export function useLoading(isWaiting: boolean): Loading | null {
  const client = useClient();
  const [loading, setLoading] = useState<Loading | null>(null);
  useEffect(() => {
    if (!isWaiting) return;
    let isOver = false;
    const look = async () => {
      const { data } = await client.query(loadingQuery, {}, { requestPolicy: "network-only" });
      if (!isOver) setLoading(data?.reportsLoading ?? null);
    };
    const timer = setInterval(look, LOOK_MS);
    return () => {
      isOver = true;
      clearInterval(timer);
      setLoading(null);
    };
  }, [isWaiting, client]);
  return loading;
}

/** What a report fails with that took too long, or found too many before it. */
const BUSY: readonly string[] = ["TIMEOUT", "UNAVAILABLE"];

/** The answer of a report. While the server reads what it is about, that is said, and a report that gave up is asked again. */
export function ReportAnswer<Data, Variables extends AnyVariables>(
  props: Parameters<typeof Answer<Data, Variables>>[0],
) {
  const { of: result, again } = props;
  const gaveUp = result.error !== undefined && codesOf(result.error).some((code) => BUSY.includes(code));
  const isWaiting = gaveUp || (result.fetching && result.data == null);
  const loading = useLoading(isWaiting);
  const mustAsk = gaveUp && loading !== null && !result.fetching;
  useEffect(() => {
    if (mustAsk) again?.();
  }, [mustAsk, again]);
  return loading ? <HowFar loading={loading} /> : <Answer {...props} />;
}

/** How much is read of what reports are about. */
export function HowFar({ loading }: { loading: Loading }) {
  const { rows, expectedRows, seconds } = loading;
  return (
    <div className="state" role="status">
      <strong>What reports are about is being read: {percentOf(expectedRows === 0 ? 0 : rows / expectedRows)}</strong>
      <progress aria-label="Read so far" max={expectedRows} value={rows} />
      <p>
        {countOf(rows)} of about {countOf(expectedRows)} rows in {lengthOf(seconds)}. Reports wait for it, and come by
        themselves.
      </p>
    </div>
  );
}
