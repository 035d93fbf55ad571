import { useEffect, useState } from "react";
import { useQuery } from "urql";
import { graphql } from "../api/graphql.ts";
import { countOf } from "../parts/format.ts";
import { useReportFilter } from "../reports/filter.ts";
import type { EventMatcher } from "./inputs.ts";

const countQuery = graphql(`
  query MeantBy($input: HistogramInput!) {
    histogram(input: $input) { customers total }
  }
`);

/** Waits until nobody has typed for so long. */
const QUIET_MS = 300;

/** How many customers of the period have such events, or why the API does not take the question. */
export function HowMany({ matcher }: { matcher: EventMatcher }) {
  const { period } = useReportFilter();
  const asked = useQuiet(JSON.stringify(matcher));
  const metric = JSON.parse(asked) as EventMatcher;
  const variables = { input: { period, metric, universe: metric, buckets: 1 } };
  const [{ data, error, fetching }] = useQuery({ query: countQuery, variables });
  if (error)
    return (
      <p role="alert" className="count" data-tone="bad">
        {error.graphQLErrors.map(({ message }) => message).join(" ") || "The server cannot be reached."}
      </p>
    );
  return (
    <p role="status" className="count" aria-busy={fetching}>
      {data
        ? `${countOf(data.histogram.customers)} customers in this period, with ${countOf(data.histogram.total)} such events`
        : "Counting …"}
    </p>
  );
}

function useQuiet(text: string): string {
  const [quiet, setQuiet] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => setQuiet(text), QUIET_MS);
    return () => clearTimeout(timer);
  }, [text]);
  return quiet;
}
