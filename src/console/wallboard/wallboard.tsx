import { useEffect } from "react";
import { useQuery, useSubscription } from "urql";
import { useChartsAhead } from "../parts/chart.tsx";
import { PageHead, Panel } from "../parts/panel.tsx";
import { Answer, Empty, Skeleton } from "../parts/states.tsx";
import { Choice, NumberChoice, useChoice, useNumber } from "../reports/choice.tsx";
import { listOf, useReportFilter } from "../reports/filter.ts";
import { FilterBar, WordsField } from "../reports/filter-bar.tsx";
import { usePlace } from "../shell/router.ts";
import { Breakdown } from "./breakdown.tsx";
import { kpiQuery, tickSubscription } from "./kpi.query.ts";
import { Tiles } from "./tiles.tsx";
import { Trend } from "./trend.tsx";
import "../customer/customer.css";
import "../reports/reports.css";
import "./wallboard.css";

const INTERVALS = ["DAY", "HOUR", "WEEK", "MONTH"] as const;
const GROUPS = ["TEAM", "AGENT", "CALL_REASON", "CALL_CENTRE", "CHANNEL", "DEPARTMENT"] as const;
const METHODS = [
  "ALL_IN",
  "ANSWERED_ONLY",
  "ABANDON_NEGATIVE",
  "IGNORE_EARLY_ABANDON",
  "SHORT_CREDITED",
  "SHORT_EXCLUDED",
] as const;

/** How often the course and the comparison are drawn anew. */
const TREND_MS = 60_000;

/** How the contact centre does: the whole, its course, and who stands where. */
export function WallboardPage() {
  const interval = useChoice("by", INTERVALS);
  const method = useChoice("level", METHODS);
  const seconds = useNumber("seconds", 20);
  const variables = useKpiInput(interval, seconds);
  const [result, again] = useQuery({ query: kpiQuery, variables, requestPolicy: "cache-and-network" });
  useChartsAhead();
  // The tiles are told anew once they are there; the rest is asked for again less often.
  const tickOf = { variables: { input: variables.whole }, pause: !result.data };
  const [{ data: tick }] = useSubscription({ query: tickSubscription, ...tickOf });
  useEffect(() => {
    const timer = setInterval(() => again({ requestPolicy: "cache-and-network" }), TREND_MS);
    return () => clearInterval(timer);
  }, [again]);
  return (
    <>
      <PageHead title="Wallboard">
        How the calls go: the figures are told anew every five seconds. Rest on one for what it counts.
      </PageHead>
      <Choices seconds={seconds} />
      <Answer of={result} again={again} skeleton={<Skeleton lines={14} />}>
        {({ whole: { rows }, trend, groups }) =>
          rows[0]?.contacts ? (
            <div className="stack">
              <Tiles kpi={tick?.kpiTick.rows[0] ?? rows[0]} method={method} seconds={seconds} />
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

function useKpiInput(interval: (typeof INTERVALS)[number], serviceLevelSeconds: number) {
  const { period, reasons } = useReportFilter();
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

function Choices({ seconds }: { seconds: number }) {
  return (
    <div className="panel bar">
      <FilterBar withAudience={false}>
        <WordsField label="Teams" name="teams" placeholder="all" />
        <WordsField label="Call reasons" name="reasons" placeholder="all" />
        <Choice label="Trend by" name="by" options={INTERVALS} />
        <Choice label="Compare" name="group" options={GROUPS} />
        <Choice label="Service level" name="level" options={METHODS} />
        <NumberChoice label="Within seconds" name="seconds" value={seconds} most={604_800} />
      </FilterBar>
    </div>
  );
}
