import { useQuery, useSubscription } from "urql";
import { graphql, type ResultOf } from "../api/graphql.ts";
import { PageHead, Panel } from "../parts/panel.tsx";
import { Answer, Empty, Skeleton } from "../parts/states.tsx";
import { Choice, NumberChoice, useChoice, useNumber } from "../reports/choice.tsx";
import { listOf, useReportFilter } from "../reports/filter.ts";
import { FilterBar, WordsField } from "../reports/filter-bar.tsx";
import { usePlace } from "../shell/router.ts";
import { Breakdown } from "./breakdown.tsx";
import { Tiles } from "./tiles.tsx";
import { Trend } from "./trend.tsx";
import "../customer/customer.css";
import "../reports/reports.css";
import "./wallboard.css";

const kpiFields = graphql(`
  fragment KpiFields on KpiRow @_unmask {
    group { dimension value }
    bucketStart
    contacts
    queued
    handled
    abandoned
    shortAbandoned
    averageHandleSeconds
    averageTalkSeconds
    averageHoldSeconds
    averageWrapUpSeconds
    averageSpeedOfAnswerSeconds
    averageAbandonSeconds
    maxQueueSeconds
    abandonmentRate
    transferRate
    callbackRate
    repeatCallerRate
    containmentRate
    functionalContainmentRate
    netDeflectionRate
    averageCsat
    csatTopTwoBox
    channelSwitchRate
    costPerContact { amount currency }
    serviceLevels { method value numerator denominator definition }
    firstContactResolution { method value numerator denominator definition }
  }
`);

const kpiQuery = graphql(
  `
  query Kpis($whole: KpiInput!, $trend: KpiInput!, $groups: KpiInput!) {
    whole: contactCentreKpis(input: $whole) { rows { ...KpiFields } }
    trend: contactCentreKpis(input: $trend) { rows { ...KpiFields } }
    groups: contactCentreKpis(input: $groups) { rows { ...KpiFields } }
  }
`,
  [kpiFields],
);

const tickSubscription = graphql(
  `
  subscription Ticks($input: KpiInput!) {
    kpiTick(input: $input, everySeconds: 5) { rows { ...KpiFields } }
  }
`,
  [kpiFields],
);

// The trend is drawn as soon as its numbers are there.
void import("../parts/echarts.ts");

export type Kpi = ResultOf<typeof kpiFields>;

const INTERVALS = ["DAY", "HOUR", "WEEK", "MONTH"] as const;
const GROUPS = ["TEAM", "AGENT", "CALL_REASON", "CALL_CENTRE", "CHANNEL", "DEPARTMENT"] as const;
export const METHODS = [
  "ALL_IN",
  "ANSWERED_ONLY",
  "ABANDON_NEGATIVE",
  "IGNORE_EARLY_ABANDON",
  "SHORT_CREDITED",
  "SHORT_EXCLUDED",
] as const;

/** How the contact centre does: the whole, its course, and who stands where. */
export function WallboardPage() {
  const { period } = useReportFilter();
  const { search } = usePlace();
  const interval = useChoice("by", INTERVALS);
  const group = useChoice("group", GROUPS);
  const method = useChoice("level", METHODS);
  const serviceLevelSeconds = useNumber("seconds", 20);
  const whole = {
    period,
    serviceLevelSeconds,
    timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    filter: { channels: ["VOICE" as const], teams: listOf(search, "teams"), callReasons: listOf(search, "reasons") },
  };
  const variables = { whole, trend: { ...whole, interval }, groups: { ...whole, groupBy: [group] } };
  const [result, again] = useQuery({ query: kpiQuery, variables, requestPolicy: "cache-and-network" });
  const [{ data: tick }] = useSubscription({ query: tickSubscription, variables: { input: whole } });
  return (
    <>
      <PageHead title="Wallboard">
        How the calls go, told anew every five seconds. Rest on a figure for what it counts.
      </PageHead>
      <div className="panel bar">
        <FilterBar withAudience={false}>
          <WordsField label="Teams" name="teams" placeholder="all" />
          <WordsField label="Call reasons" name="reasons" placeholder="all" />
          <Choice label="Trend by" name="by" options={INTERVALS} />
          <Choice label="Compare" name="group" options={GROUPS} />
          <Choice label="Service level" name="level" options={METHODS} />
          <NumberChoice label="Within seconds" name="seconds" value={serviceLevelSeconds} most={604_800} />
        </FilterBar>
      </div>
      <Answer of={result} again={again} skeleton={<Skeleton lines={14} />}>
        {({ whole: { rows }, trend, groups }) =>
          rows[0]?.contacts ? (
            <div className="stack">
              <Tiles kpi={tick?.kpiTick.rows[0] ?? rows[0]} method={method} seconds={serviceLevelSeconds} />
              <Panel title={`By ${interval.toLowerCase()}`}>
                <Trend rows={trend.rows} method={method} isHourly={interval === "HOUR"} />
              </Panel>
              <Breakdown rows={groups.rows} method={method} />
            </div>
          ) : (
            <Empty title="Nobody called">Choose a longer period or other teams.</Empty>
          )
        }
      </Answer>
    </>
  );
}
