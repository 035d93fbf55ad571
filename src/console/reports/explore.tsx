import { useCallback } from "react";
import { RowsField } from "../builder/rows-field.tsx";
import { SequenceField } from "../builder/sequence-field.tsx";
import { Chart } from "../parts/chart.tsx";
import { type Column, DataTable } from "../parts/data-table.tsx";
import { countOf, wordsOf } from "../parts/format.ts";
import type { Palette } from "../parts/palette.ts";
import { Panel } from "../parts/panel.tsx";
import { Empty } from "../parts/states.tsx";
import { usePlace } from "../shell/router.ts";
import { AttributeFields } from "./attribute-fields.tsx";
import { type CellAsked, opened } from "./cell.tsx";
import { Choice, NumberChoice, useChoice } from "./choice.tsx";
import { chartOf, isInTime } from "./explore-chart.ts";
import {
  type Aggregate,
  aggregateQuery,
  type ExploreLine,
  figureName,
  figureText,
  groupText,
} from "./explore-figures.ts";
import { exploreIn, groupIn, LINES_BY, parseMeasures, UNITS } from "./explore-input.ts";
import { MeasuresField } from "./explore-measures.tsx";
import { useReportFilter } from "./filter.ts";
import { ReportView } from "./report.tsx";

const CHARTS = ["fitting", "bars", "lines", "none"] as const;
const ORDERS = ["figure", "value"] as const;

const EXAMPLES = {
  "Handle time and satisfaction by month": "rows=%40MONTH&show=COUNT,AVERAGE:agentSeconds,AVERAGE:csatScore",
  "Customers by age and segment":
    "of=CUSTOMERS&rows=age&rows-bounds=18,30,45,65&columns=SEGMENT&show=COUNT,SHARE&order=value",
  "What nine in ten wait, by what the call is about":
    "events=calls&rows=CALL_REASON&show=COUNT,MEDIAN:queueSeconds,PERCENTILE:queueSeconds:0.9",
  "Contacts by the last page before them": "events=calls&rows-carried=page&show=COUNT,SHARE,AVERAGE:isResolved",
};

/** Any question that counts or adds up, by anything. */
export function ExploreReport() {
  const { search } = usePlace();
  const { period, audience } = useReportFilter();
  const chart = useChoice("chart", CHARTS);
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
  return (
    <ReportView
      title="Explore"
      about="Count anything, by anything: a question that no other report has."
      query={aggregateQuery}
      people="aggregate"
      variables={{ input: { period, audience, timeZone, ...exploreIn(search) } }}
      examples={EXAMPLES}
      controls={
        <>
          <Choice label="Count" name="of" options={UNITS} />
          <SequenceField label="Of events" name="events" empty="anything" subject="Each time somebody" />
          <MeasuresField name="show" />
          <GroupField label="Rows" name="rows" />
          <GroupField label="Columns" name="columns" />
          <Choice label="Order by" name="order" options={ORDERS} />
          <NumberChoice label="Lines at most" name="first" value={Number(search.get("first") ?? 50)} most={1_000} />
          <Choice label="Chart" name="chart" options={CHARTS} />
        </>
      }
    >
      {({ aggregate }) => <Picture aggregate={aggregate} unit={search.get("of") ?? UNITS[0]} chart={chart} />}
    </ReportView>
  );
}

/** What lines are told apart by: a property, a stretch of time, an attribute, a carried value or named filters. */
function GroupField({ label, name }: { label: string; name: string }) {
  const { search } = usePlace();
  const group = groupIn(search, name);
  return (
    <>
      <RowsField label={label} name={name} options={LINES_BY} named={groupName} />
      {!group?.carried && !group?.facets && (
        <AttributeFields label={label} name={name} isChosen={Boolean(group?.attribute)} />
      )}
    </>
  );
}

function groupName(word: string): string {
  if (word.startsWith("@")) return `By ${word.slice(1).toLowerCase()}`;
  return /^[A-Z_]+$/.test(word) || word === "none" ? wordsOf(word) : word;
}

interface PictureProps {
  aggregate: Aggregate;
  unit: string;
  chart: (typeof CHARTS)[number];
}

function Picture({ aggregate, unit, chart }: PictureProps) {
  const { search } = usePlace();
  const { rows, other, total, combinations } = aggregate;
  const isLine = chart === "lines" || (chart === "fitting" && isInTime(rows));
  const option = useCallback((palette: Palette) => chartOf(palette, rows, { isLine }), [rows, isLine]);
  if (total.units === 0) return <Empty title="Nothing of the kind happened">Choose a longer period.</Empty>;
  const hasGroups = (rows[0]?.group.length ?? 0) > 0;
  return (
    <div className="stack">
      {hasGroups && chart !== "none" && (
        <Panel title={`${countOf(total.units)} ${wordsOf(unit).toLowerCase()}`}>
          <Chart label="The first figure of each line" height="high" option={option} />
        </Panel>
      )}
      <DataTable
        title={combinations <= 1 ? "In numbers" : `${countOf(combinations)} lines in all`}
        file="explore"
        rows={rows}
        apart={hasGroups ? [...(other ? [other] : []), total] : []}
        columns={columnsOf(rows, { other, total, shown: search.get("show") })}
      />
    </div>
  );
}

/** Lines, what is in none of them, and all together. */
function columnsOf(
  rows: readonly ExploreLine[],
  { other, total, shown }: Pick<Aggregate, "other" | "total"> & { shown: string | null },
): Column<ExploreLine>[] {
  const [first = total] = rows;
  const measures = parseMeasures(shown);
  const cellOf = (line: ExploreLine): CellAsked<"aggregate"> => {
    if (line === total) return { part: "TOTAL" };
    return line === other ? { part: "OTHER" } : { part: "ROW", group: line.group.map(({ value }) => value) };
  };
  const apartName = (line: ExploreLine) => (line === total ? "All" : line === other ? "All other lines" : "");
  return [
    ...first.group.map(
      ({ by }, place): Column<ExploreLine> => ({
        label: /^[A-Z_]+$/.test(by) ? wordsOf(by) : by,
        value: (line) => line.group[place]?.value ?? null,
        shown: (line) => {
          const group = line.group[place];
          return group ? groupText(group) : place === 0 && apartName(line);
        },
      }),
    ),
    ...first.figures.map((figure, place): Column<ExploreLine> => {
      const column: Column<ExploreLine> = {
        label: figureName(figure, measures[place]?.percentile),
        value: (line) => line.figures[place]?.value ?? null,
        shown: (line) => (line.figures[place] ? figureText(line.figures[place]) : "–"),
        isNumber: true,
      };
      // Who is behind a line are those whose units it counts.
      return (figure.measure === "COUNT" || figure.measure === "SHARE") && figure.of === null
        ? opened(column, cellOf)
        : column;
    }),
  ];
}
