import { useCallback } from "react";
import { graphql, type ResultOf } from "../api/graphql.ts";
import { RowsField, useRows } from "../builder/rows-field.tsx";
import { GRID, nameAxis, numberAxis } from "../parts/axes.ts";
import { Chart } from "../parts/chart.tsx";
import { type Column, DataTable } from "../parts/data-table.tsx";
import { countOf, moneyText, wordsOf } from "../parts/format.ts";
import type { Palette } from "../parts/palette.ts";
import { Panel } from "../parts/panel.tsx";
import { Empty } from "../parts/states.tsx";
import { type CellAsked, openCell, opened } from "./cell.tsx";
import { useReportFilter } from "./filter.ts";
import { ReportView } from "./report.tsx";

const channelsQuery = graphql(`
  query ChannelPerformance($input: ChannelPerformanceInput!) {
    channelPerformance(input: $input) {
      excludedByConsent wholeSince archivedMonths
      rows {
        value
        interactions
        calls
        matchedCalls
        transactions
        revenue { amount currency }
        cost { amount currency }
      }
    }
  }
`);

type Performance = ResultOf<typeof channelsQuery>["channelPerformance"];
const DIMENSIONS = [
  "CAMPAIGN",
  "CHANNEL",
  "MEDIUM",
  "SOURCE",
  "CALL_REASON",
  "SEGMENT",
  "DEVICE",
  "TRACKING_NUMBER",
] as const;
const DRAWN = 15;

/** Which channels and campaigns bring calls, and what they are worth. */
export function ChannelsReport() {
  const { period, audience } = useReportFilter();
  const { dimension: by, ...rows } = useRows("by", DIMENSIONS);
  return (
    <ReportView
      title="Channels and campaigns"
      about="What brings calls and purchases, and what they are worth."
      query={channelsQuery}
      people="channelPerformance"
      variables={{ input: { period, audience, by, ...rows } }}
      controls={<RowsField label="By" name="by" options={DIMENSIONS} named={nameOf} />}
    >
      {({ channelPerformance }) => <Picture performance={channelPerformance} />}
    </ReportView>
  );
}

/** Short enough for a filter. */
const nameOf = (dimension: (typeof DIMENSIONS)[number]) =>
  dimension === "TRACKING_NUMBER" ? "Dialled no." : wordsOf(dimension);

function Picture({ performance }: { performance: Performance }) {
  const option = useCallback((palette: Palette) => bars(palette, performance), [performance]);
  const { rows } = performance;
  if (rows.length === 0) return <Empty title="Nothing happened">Choose a longer period or a wider audience.</Empty>;
  return (
    <div className="stack">
      <Panel title="Calls and purchases">
        <Chart
          label="Calls, calls matched to the web, and purchases"
          height="high"
          option={option}
          onPick={({ seriesName, dataIndex }) => openCell(channelCell(FIGURES[seriesName])(drawnOf(rows)[dataIndex]!))}
        />
      </Panel>
      <DataTable
        title="In numbers"
        file="channels"
        rows={rows}
        columns={[
          { label: "What", value: ({ value }) => value ?? "none" },
          counted("Interactions", "INTERACTIONS", (row) => row.interactions),
          counted("Calls", "CALLS", (row) => row.calls),
          counted("Matched to the web", "MATCHED_CALLS", (row) => row.matchedCalls),
          counted("Purchases", "TRANSACTIONS", (row) => row.transactions),
          { label: "Revenue", value: ({ revenue }) => (revenue.length ? moneyText(revenue) : null), isNumber: true },
          { label: "Cost", value: ({ cost }) => (cost.length ? moneyText(cost) : null), isNumber: true },
        ]}
      />
    </div>
  );
}

type ChannelCell = CellAsked<"channelPerformance">;

/** The figures by the names of the bars. */
const FIGURES: Record<string, ChannelCell["figure"]> = {
  "Matched to the web": "MATCHED_CALLS",
  Purchases: "TRANSACTIONS",
};

const channelCell =
  (figure: ChannelCell["figure"] = "CALLS") =>
  ({ value }: Row): ChannelCell => ({ figure, value });

type Row = Performance["rows"][number];

function counted(label: string, figure: ChannelCell["figure"], value: (row: Row) => number): Column<Row> {
  return opened({ label, value, shown: (row) => countOf(value(row)) }, channelCell(figure));
}

/** From the bottom up. */
const drawnOf = (rows: readonly Row[]) => rows.slice(0, DRAWN).toReversed();

function bars(palette: Palette, { rows }: Performance) {
  const drawn = drawnOf(rows);
  const bar = (name: string, data: number[]) => ({ type: "bar", name, data });
  return {
    grid: GRID,
    legend: {},
    tooltip: { trigger: "axis" },
    xAxis: numberAxis(palette),
    yAxis: nameAxis(
      palette,
      drawn.map(({ value }) => value ?? "none"),
    ),
    series: [
      bar(
        "Calls",
        drawn.map(({ calls }) => calls),
      ),
      bar(
        "Matched to the web",
        drawn.map(({ matchedCalls }) => matchedCalls),
      ),
      bar(
        "Purchases",
        drawn.map(({ transactions }) => transactions),
      ),
    ],
  };
}
