import { useEffect } from "react";
import { useQuery, useSubscription } from "urql";
import { listOf } from "../builder/asked.ts";
import { useChartsAhead } from "../parts/chart.tsx";
import { PageHead, Panel } from "../parts/panel.tsx";
import { Empty, Skeleton } from "../parts/states.tsx";
import { cellIn } from "../reports/cell.tsx";
import { Choice, NumberChoice, useChoice, useNumber } from "../reports/choice.tsx";
import { useReportFilter } from "../reports/filter.ts";
import { WordsField } from "../reports/filter-bar.tsx";
import { PeopleSheet } from "../reports/people.tsx";
import { ReportAnswer } from "../reports/reading.tsx";
import { usePlace } from "../shell/router.ts";
import { Breakdown } from "./breakdown.tsx";
import { type KpiFields, kpiQuery, tickSubscription } from "./kpi.query.ts";
import { Period, TODAY } from "./period.tsx";
import { type Level, Tiles } from "./tiles.tsx";
import { Trend, TrendTable } from "./trend.tsx";
import "../customer/customer.css";
import "../reports/reports.css";
import "./wallboard.css";

/** The first is the default: hours for a day, days for longer periods. */
const INTERVALS = {
  day: ["HOUR", "DAY", "WEEK", "MONTH"],
  longer: ["DAY", "HOUR", "WEEK", "MONTH"],
} as const;
type Interval = (typeof INTERVALS)["day"][number];

const GROUPS = ["TEAM", "AGENT", "CALL_REASON", "CALL_CENTRE", "CHANNEL", "DEPARTMENT"] as const;
const METHODS = [
  "ALL_IN",
  "ANSWERED_ONLY",
  "ABANDON_NEGATIVE",
  "IGNORE_EARLY_ABANDON",
  "SHORT_CREDITED",
  "SHORT_EXCLUDED",
] as const;

const TREND_MS = 60_000;

/** The figures of the contact centre: totals, over time and by group. */
export function WallboardPage() {
  const { search } = usePlace();
  const { period } = useReportFilter(TODAY);
  const intervals = INTERVALS[isOneDay(period) ? "day" : "longer"];
  const interval = useChoice<Interval>("by", intervals);
  const method = useChoice("level", METHODS);
  const seconds = useNumber("seconds", 20);
  const level = { method, seconds, target: useNumber("target", 80) };
  const variables = useKpiInput(interval, seconds);
  const { result, again } = useFigures(variables);
  return (
    <>
      <PageHead title="Wallboard">
        How the calls go: the figures are told anew every five seconds. Rest on one for what it counts.
      </PageHead>
      <Choices level={level} intervals={intervals} />
      <ReportAnswer of={result} again={again} skeleton={<Skeleton lines={14} />}>
        {({ whole: { rows }, trend, groups }) =>
          rows[0]?.contacts ? (
            <div className="stack">
              <LiveTiles key={JSON.stringify(variables.whole)} input={variables.whole} known={rows[0]} level={level} />
              <Panel title={`By ${interval.toLowerCase()}`}>
                <Trend rows={trend.rows} method={method} isHourly={interval === "HOUR"} />
              </Panel>
              <Breakdown rows={groups.rows} method={method} />
              <TrendTable rows={trend.rows} method={method} isHourly={interval === "HOUR"} />
            </div>
          ) : (
            <Empty title={isOneDay(period) ? "Nobody has called yet" : "Nobody called"}>
              Choose a longer period or other teams.
            </Empty>
          )
        }
      </ReportAnswer>
      <PeopleSheet
        report="contactCentreKpis"
        input={(cellIn(search)?.group as unknown[] | undefined)?.length ? variables.groups : variables.whole}
      />
    </>
  );
}

/** A day may have 23 or 25 hours where clocks change. */
const isOneDay = ({ from, to }: { from: string; to: string }) => Date.parse(to) - Date.parse(from) < 26 * 3_600_000;

/** The trend and the comparison are refreshed once a minute. */
function useFigures(variables: ReturnType<typeof useKpiInput>) {
  const [result, again] = useQuery({ query: kpiQuery, variables, requestPolicy: "cache-and-network" });
  useChartsAhead();
  useEffect(() => {
    const timer = setInterval(() => again({ requestPolicy: "cache-and-network" }), TREND_MS);
    return () => clearInterval(timer);
  }, [again]);
  return { result, again };
}

interface LiveTilesProps {
  input: ReturnType<typeof useKpiInput>["whole"];
  /** The figures to show until the first update. */
  known: KpiFields;
  level: Level;
}

/** The tiles, updated every few seconds. Each query has its own, so that the answer to another is not shown. */
function LiveTiles({ input, known, level }: LiveTilesProps) {
  const [{ data: tick }] = useSubscription({ query: tickSubscription, variables: { input } });
  return <Tiles kpi={tick?.kpiTick.rows[0] ?? known} level={level} />;
}

function useKpiInput(interval: Interval, serviceLevelSeconds: number) {
  const { period, reasons } = useReportFilter(TODAY);
  const { search } = usePlace();
  const group = useChoice("group", GROUPS);
  const whole = {
    period,
    serviceLevelSeconds,
    timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    filter: { channels: ["VOICE" as const], teams: listOf(search, "teams"), callReasons: reasons },
  };
  return { whole, trend: { ...whole, interval }, groups: { ...whole, groupBy: [group] } };
}

function Choices({ level, intervals }: { level: Level; intervals: readonly Interval[] }) {
  return (
    <div className="panel bar">
      <search className="filters">
        <Period />
        <WordsField label="Teams" name="teams" placeholder="all" />
        <WordsField label="Call reasons" name="reasons" placeholder="all" />
        <Choice label="Trend by" name="by" options={intervals} />
        <Choice label="Compare" name="group" options={GROUPS} />
        <Choice label="Service level" name="level" options={METHODS} />
        <NumberChoice label="Within seconds" name="seconds" value={level.seconds} most={604_800} />
        <NumberChoice label="Target, percent" name="target" value={level.target} most={100} />
      </search>
    </div>
  );
}
