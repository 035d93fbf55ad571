import { useCallback } from "react";
import { graphql, type ResultOf } from "../api/graphql.ts";
import { eventsIn } from "../builder/asked.ts";
import { matcherOf } from "../builder/events.ts";
import { SequenceField } from "../builder/sequence-field.tsx";
import { GRID, nameAxis } from "../parts/axes.ts";
import { Chart } from "../parts/chart.tsx";
import { type Column, DataTable } from "../parts/data-table.tsx";
import { countOf, dayOf, percentOf, wordsOf } from "../parts/format.ts";
import type { Palette } from "../parts/palette.ts";
import { Panel } from "../parts/panel.tsx";
import { Empty } from "../parts/states.tsx";
import { usePlace } from "../shell/router.ts";
import { type CellAsked, OpenFigure, opened } from "./cell.tsx";
import { Choice, useChoice } from "./choice.tsx";
import { useReportFilter } from "./filter.ts";
import { ReportView } from "./report.tsx";

const cohortsQuery = graphql(`
  query Cohorts($input: CohortsInput!) {
    cohorts(input: $input) {
      excludedByConsent wholeSince archivedMonths
      rows { start value customers cells { offset eligible returned retention } }
    }
  }
`);

type Cohorts = ResultOf<typeof cohortsQuery>["cohorts"];
type Row = Cohorts["rows"][number];

const INTERVALS = ["WEEK", "DAY", "MONTH", "QUARTER", "YEAR"] as const;
const DIMENSIONS = ["none", "CHANNEL", "CALL_REASON", "CAMPAIGN", "MEDIUM", "SECTION", "SEGMENT", "DEVICE"] as const;
const COUNTED = ["each interval", "every interval before too"] as const;

/** Who comes back: customers by when they began. */
export function CohortsReport() {
  const { period, audience } = useReportFilter();
  const { search } = usePlace();
  const by = useChoice("by", DIMENSIONS);
  const meant = (name: string, orElse: Parameters<typeof matcherOf>[0]) => [
    { anyOf: [eventsIn(search, name) ?? matcherOf(orElse)], atLeast: 1 },
  ];
  const input = {
    period,
    audience,
    interval: useChoice("each", INTERVALS),
    timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    inclusion: meant("began", "anything"),
    returns: meant("back", "anything"),
    rolling: useChoice("counted", COUNTED) !== COUNTED[0],
    dimension: by === "none" ? null : by,
  };
  return (
    <ReportView
      title="Cohorts"
      about="Who comes back: customers by when they began, and how many of them returned how much later."
      query={cohortsQuery}
      people="cohorts"
      variables={{ input }}
      controls={
        <>
          <SequenceField label="Began with" name="began" empty="anything" subject="Customers who" />
          <SequenceField label="Came back with" name="back" empty="anything" subject="Customers who" />
          <Choice label="Each" name="each" options={INTERVALS} />
          <Choice label="Back in" name="counted" options={COUNTED} named={String} />
          <Choice
            label="Rows by"
            name="by"
            options={DIMENSIONS}
            named={(name) => (name === "none" ? "when they began" : wordsOf(name))}
          />
        </>
      }
    >
      {({ cohorts }) => <Picture rows={cohorts.rows.filter(({ customers }) => customers > 0)} each={input.interval} />}
    </ReportView>
  );
}

const nameOf = ({ start, value }: Row) => (start ? dayOf(start) : (value ?? "not known"));
const offsetsOf = (rows: readonly Row[]) =>
  [...new Set(rows.flatMap(({ cells }) => cells.map(({ offset }) => offset)))].sort((a, b) => a - b);
const placeOf = ({ start, value }: Row) => (start ? { start } : { value });

function Picture({ rows, each }: { rows: readonly Row[]; each: string }) {
  const option = useCallback((palette: Palette) => curves(palette, rows), [rows]);
  const offsets = offsetsOf(rows);
  if (rows.length === 0) return <Empty title="Nobody began">Choose a longer period or another beginning.</Empty>;
  return (
    <div className="stack">
      {offsets.length > 1 && (
        <Panel title={`Back after so many ${wordsOf(each).toLowerCase()}s`}>
          <Chart label="Share of each cohort that came back" option={option} />
        </Panel>
      )}
      <DataTable
        title="Cohorts"
        file="cohorts"
        rows={rows}
        columns={[
          { label: "Began", value: nameOf },
          opened<Row>(
            { label: "Customers", value: ({ customers }) => customers, shown: ({ customers }) => countOf(customers) },
            (row): CellAsked<"cohorts"> => ({ ...placeOf(row), figure: "CUSTOMERS" }),
          ),
          ...offsets.map(returnedAfter),
        ]}
      />
    </div>
  );
}

/** The share that came back so much later, which opens who they are. */
function returnedAfter(offset: number): Column<Row> {
  const cellOf = ({ cells }: Row) => cells.find((cell) => cell.offset === offset);
  return {
    label: `After ${offset}`,
    value: (row) => cellOf(row)?.retention ?? null,
    isNumber: true,
    shown(row) {
      const cell = cellOf(row);
      if (!cell) return null;
      const asked: CellAsked<"cohorts"> = { ...placeOf(row), figure: "RETURNED", offset };
      return (
        <OpenFigure cell={asked} isEmpty={cell.returned === 0}>
          {percentOf(cell.retention)}
        </OpenFigure>
      );
    },
  };
}

/** A line for each of the latest cohorts. */
function curves(palette: Palette, rows: readonly Row[]) {
  const shown = rows.filter(({ cells }) => cells.length > 0).slice(-MOST_LINES);
  const offsets = offsetsOf(shown);
  return {
    grid: { ...GRID, top: 40 },
    tooltip: { trigger: "axis", valueFormatter: percentOf },
    xAxis: nameAxis(palette, offsets.map(String)),
    yAxis: { type: "value", max: 1, axisLabel: { formatter: percentOf, color: palette.soft } },
    series: shown.map((row) => ({
      type: "line",
      name: nameOf(row),
      data: offsets.map((offset) => row.cells.find((cell) => cell.offset === offset)?.retention ?? null),
    })),
  };
}

/** More lines are no picture. */
const MOST_LINES = 8;
