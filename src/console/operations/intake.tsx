import { useCallback } from "react";
import { useQuery } from "urql";
import { graphql, type ResultOf } from "../api/graphql.ts";
import { GRID, nameAxis, numberAxis } from "../parts/axes.ts";
import { Chart, useChartsAhead } from "../parts/chart.tsx";
import { type Column, DataTable } from "../parts/data-table.tsx";
import { agoOf, countOf, momentOf, wordsOf } from "../parts/format.ts";
import { useNow } from "../parts/now.ts";
import type { Palette } from "../parts/palette.ts";
import { PageHead, Panel } from "../parts/panel.tsx";
import { Answer, Empty, Skeleton } from "../parts/states.tsx";
import { useReportFilter } from "../reports/filter.ts";
import { FilterBar } from "../reports/filter-bar.tsx";
import { daysOf } from "./days.ts";
import "../reports/reports.css";

const intakeQuery = graphql(`
  query Intake($period: PeriodInput!, $timeZone: String!) {
    intake(period: $period, timeZone: $timeZone) {
      sources {
        source
        entryPoints
        total
        lastReceivedAt
        receipts { status count }
        days { day receipts { status count } }
      }
      waiting { source reason count }
      commonKeys { source key interactions }
    }
  }
`);

type Intake = ResultOf<typeof intakeQuery>["intake"];
type Source = Intake["sources"][number];
type Status = Source["receipts"][number]["status"];

const STATUSES: readonly Status[] = ["ACCEPTED", "REPEATED", "SUPERSEDED", "STALE", "CONFLICT", "FILTERED", "REJECTED"];
/** How many sources have a colour; the rest share one. */
const DRAWN = 6;
/** Longer periods would have too many bars, and are more than the API answers. */
const PERIODS = ["1", "7", "14", "30", "60", "90"] as const;

/** Receipts by source: what each sent and what became of it, and which sources stopped sending. */
export function Intake() {
  const { period } = useReportFilter();
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
  const variables = { period, timeZone };
  const [result, again] = useQuery({ query: intakeQuery, variables, requestPolicy: "cache-and-network" });
  useChartsAhead();
  return (
    <>
      <PageHead title="What came in">Records by the system that sent them, and what each was told.</PageHead>
      <div className="panel bar">
        <FilterBar withAudience={false} periods={PERIODS} />
      </div>
      <Answer of={result} again={again} skeleton={<Skeleton lines={12} />}>
        {({ intake }) => <Picture intake={intake} period={period} />}
      </Answer>
    </>
  );
}

interface PictureProps {
  intake: Intake;
  period: { from: string; to: string };
}

function Picture({ intake, period }: PictureProps) {
  const now = useNow();
  const { sources, waiting, commonKeys } = intake;
  const option = useCallback((palette: Palette) => bars(palette, sources, daysOf(period)), [sources, period]);
  if (sources.length === 0) {
    return <Empty title="Nothing came in">Send a record to any entry point, or choose a longer period.</Empty>;
  }
  const total = sources.reduce((sum, source) => sum + source.total, 0);
  return (
    <div className="stack">
      <Panel title={`${countOf(total)} records from ${countOf(sources.length)} sources`}>
        <Chart label="Records by day and source; the last table has the numbers" height="low" option={option} />
      </Panel>
      <DataTable title="Receipts by source" file="receipts" rows={sources} columns={columnsOf(waiting, now)} />
      {waiting.length > 0 && <Waiting waiting={waiting} />}
      {commonKeys.length > 0 && <CommonKeys keys={commonKeys} />}
      <Days sources={sources} days={daysOf(period)} />
    </div>
  );
}

function columnsOf(waiting: Intake["waiting"], now: number): Column<Source>[] {
  return [
    { label: "Source", value: ({ source }) => source },
    {
      label: "Last came",
      value: ({ lastReceivedAt }) => lastReceivedAt,
      shown: ({ lastReceivedAt }) => (
        <time className="keep" dateTime={lastReceivedAt} title={momentOf(lastReceivedAt)}>
          {agoOf(lastReceivedAt, now)}
        </time>
      ),
    },
    counted("All", ({ total }: Source) => total),
    ...STATUSES.map((status) => counted(wordsOf(status), ({ receipts }: Source) => countIn(receipts, status))),
    counted("Waiting", ({ source }: Source) => countWaiting(waiting, source)),
    { label: "Entry points", value: ({ entryPoints }) => entryPoints.join(", ") },
  ];
}

function Waiting({ waiting }: Pick<Intake, "waiting">) {
  const address = (source: string, reason: string) =>
    `/operations/rejections?${new URLSearchParams({ source, reason })}`;
  return (
    <DataTable
      title="Waiting to be mended and replayed"
      file="waiting"
      rows={waiting}
      columns={[
        { label: "Source", value: ({ source }) => source },
        {
          label: "Reason",
          value: ({ reason }) => reason,
          shown: ({ source, reason }) => <a href={address(source, reason)}>{wordsOf(reason)}</a>,
        },
        counted("Records", ({ count }: Intake["waiting"][number]) => count),
      ]}
    />
  );
}

function CommonKeys({ keys }: { keys: Intake["commonKeys"] }) {
  return (
    <DataTable
      title="Keys on more than 200 interactions: they tie none of them"
      file="common-keys"
      rows={keys}
      columns={[
        { label: "Source", value: ({ source }) => source },
        { label: "Key", value: ({ key }) => key },
        counted("Interactions", ({ interactions }: Intake["commonKeys"][number]) => interactions),
      ]}
    />
  );
}

interface Day {
  day: string;
  name: string;
}

/** The numbers of the chart, last day first, without empty days. */
function Days({ sources, days }: { sources: readonly Source[]; days: readonly Day[] }) {
  return (
    <DataTable
      title="Records by day"
      file="records-by-day"
      rows={days.toReversed().filter(({ day }) => sumOn(sources, day) > 0)}
      columns={[
        { label: "Day", value: ({ day }) => day, shown: ({ name }) => name },
        ...seriesOf(sources).map(({ name, of }) => counted(name, ({ day }: Day) => sumOn(of, day))),
      ]}
    />
  );
}

/** A zero is pale: other numbers matter. */
function counted<Row>(label: string, value: (row: Row) => number): Column<Row> {
  return { label, value, shown: (row) => (value(row) === 0 ? <span className="soft">0</span> : countOf(value(row))) };
}

const countIn = (receipts: Source["receipts"], status: Status) =>
  receipts.find((receipt) => receipt.status === status)?.count ?? 0;

const countWaiting = (waiting: Intake["waiting"], source: string) =>
  waiting.reduce((sum, one) => sum + (one.source === source ? one.count : 0), 0);

/** The largest sources, and the sum of all others. */
function seriesOf(sources: readonly Source[]) {
  return [
    ...sources.slice(0, DRAWN).map((source) => ({ name: source.source, of: [source] })),
    ...(sources.length > DRAWN ? [{ name: "all others", of: sources.slice(DRAWN) }] : []),
  ];
}

function bars(palette: Palette, sources: readonly Source[], days: readonly Day[]) {
  return {
    grid: GRID,
    tooltip: { trigger: "axis" },
    xAxis: nameAxis(
      palette,
      days.map(({ name }) => name),
      { axisLabel: { color: palette.soft } },
    ),
    yAxis: numberAxis(palette),
    series: seriesOf(sources).map(({ name, of }) => ({
      type: "bar",
      name,
      stack: "records",
      barMaxWidth: 60,
      data: days.map(({ day }) => sumOn(of, day)),
    })),
  };
}

const sumOn = (sources: readonly Source[], day: string) =>
  sources.reduce((sum, source) => sum + countOn(source, day), 0);

const countOn = ({ days }: Source, day: string) =>
  days.find((one) => one.day === day)?.receipts.reduce((sum, { count }) => sum + count, 0) ?? 0;
