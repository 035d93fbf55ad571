import { useQuery } from "urql";
import { graphql, type ResultOf } from "../api/graphql.ts";
import { type Column, DataTable } from "../parts/data-table.tsx";
import { countOf, momentOf, wordsOf } from "../parts/format.ts";
import { PageHead } from "../parts/panel.tsx";
import { Answer, Empty, Skeleton } from "../parts/states.tsx";

const retentionQuery = graphql(`
  query Retention {
    retention {
      rules { kind source days due }
      holds { id customerId source reason by at }
      runs { startedAt endedAt gone wholeSince knownSince error }
      archive { month rows closedAt archivedAt isStale restoredAt }
    }
  }
`);

type Retention = ResultOf<typeof retentionQuery>["retention"];
type Rule = Retention["rules"][number];
type Hold = Retention["holds"][number];
type Run = Retention["runs"][number];
type Month = Retention["archive"][number];

/** How long things are kept, what keeps them longer, and what went. They are set by `c360 retain`. */
export function RetentionPage() {
  const [result, again] = useQuery({ query: retentionQuery, requestPolicy: "cache-and-network" });
  return (
    <>
      <PageHead title="Retention">
        How long things are kept, and what went. What no rule is about is kept for good;{" "}
        <code>npm run c360 -- retain</code> sets rules and legal holds.
      </PageHead>
      <Answer of={result} again={again} skeleton={<Skeleton lines={8} />}>
        {({ retention: { rules, holds, runs, archive } }) => (
          <div className="stack">
            {rules.length + holds.length + runs.length + archive.length === 0 && (
              <Empty title="Everything is kept for good">
                A rule such as <code>npm run c360 -- retain set TOUCHPOINTS 400</code> lets go of touchpoints after 400
                days.
              </Empty>
            )}
            {rules.length > 0 && <DataTable title="Rules" file="retention-rules" rows={rules} columns={RULES} />}
            {holds.length > 0 && <DataTable title="Legal holds" file="legal-holds" rows={holds} columns={HOLDS} />}
            {runs.length > 0 && <DataTable title="Last runs" file="retention-runs" rows={runs} columns={RUNS} />}
            {archive.length > 0 && <DataTable title="Archive" file="archived-months" rows={archive} columns={MONTHS} />}
          </div>
        )}
      </Answer>
    </>
  );
}

const RULES: Column<Rule>[] = [
  { label: "What", value: ({ kind }) => kind, shown: ({ kind }) => wordsOf(kind) },
  { label: "Source", value: ({ source }) => source ?? "all without a rule of their own" },
  { label: "Days", value: ({ days }) => days, shown: ({ days }) => countOf(days) },
  { label: "Goes with the next run", value: ({ due }) => due, shown: ({ due }) => countOf(due) },
];

const HOLDS: Column<Hold>[] = [
  {
    label: "Whose records stay",
    value: ({ customerId, source }) => customerId ?? source,
    shown: ({ customerId, source }) =>
      customerId ? <a href={`/customers/${customerId}`}>{customerId}</a> : `source ${source}`,
  },
  { label: "Why", value: ({ reason }) => reason },
  { label: "By", value: ({ by }) => by },
  { label: "Since", value: ({ at }) => at, shown: ({ at }) => momentOf(at) },
  { label: "Hold", value: ({ id }) => id, shown: ({ id }) => <span className="mono">{id}</span> },
];

const RUNS: Column<Run>[] = [
  { label: "Began", value: ({ startedAt }) => startedAt, shown: ({ startedAt }) => momentOf(startedAt) },
  {
    label: "Ended",
    value: ({ endedAt }) => endedAt,
    shown: ({ endedAt, error }) => (endedAt ? momentOf(endedAt) : error ? `broken off (${error})` : "goes on"),
  },
  { label: "What went", value: goneIn },
  { label: "Whole since", value: ({ wholeSince }) => wholeSince, shown: ({ wholeSince }) => momentOf(wholeSince) },
  { label: "Known since", value: ({ knownSince }) => knownSince, shown: ({ knownSince }) => momentOf(knownSince) },
];

const MONTHS: Column<Month>[] = [
  { label: "Month", value: ({ month }) => month },
  { label: "Touchpoints", value: ({ rows }) => rows, shown: ({ rows }) => (rows === null ? "" : countOf(rows)) },
  { label: "Where they are", value: placeOf },
  {
    label: "Since",
    value: ({ restoredAt, archivedAt, closedAt }) => restoredAt ?? archivedAt ?? closedAt,
    shown: ({ restoredAt, archivedAt, closedAt }) => momentOf(restoredAt ?? archivedAt ?? closedAt),
  },
];

function placeOf({ restoredAt, archivedAt, isStale }: Month): string {
  if (restoredAt) return "in the database again";
  if (!archivedAt) return "on their way into the archive";
  return isStale ? "in the archive, with some that the next run takes out" : "in the archive";
}

/** Such as “12 touchpoints, 3 rejections”. */
function goneIn({ gone }: Run): string {
  const some = Object.entries(gone as Record<string, number>).filter(([, count]) => count > 0);
  if (some.length === 0) return "nothing";
  return some.map(([kind, count]) => `${countOf(count)} ${wordsOf(kind).toLowerCase()}`).join(", ");
}
