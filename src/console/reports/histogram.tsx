import { useCallback } from "react";
import { graphql, type ResultOf } from "../api/graphql.ts";
import { aboutReasons, eventsIn } from "../builder/asked.ts";
import { eventWords, matcherOf } from "../builder/events.ts";
import { SequenceField } from "../builder/sequence-field.tsx";
import { parseSequence } from "../builder/sequences.ts";
import { GRID, nameAxis, numberAxis } from "../parts/axes.ts";
import { Chart } from "../parts/chart.tsx";
import { DataTable } from "../parts/data-table.tsx";
import { countOf, percentOf } from "../parts/format.ts";
import type { Palette } from "../parts/palette.ts";
import { Panel } from "../parts/panel.tsx";
import { Empty } from "../parts/states.tsx";
import { usePlace } from "../shell/router.ts";
import { type CellAsked, openCell, opened } from "./cell.tsx";
import { NumberChoice, useNumber } from "./choice.tsx";
import { useReportFilter } from "./filter.ts";
import { WordsField } from "./filter-bar.tsx";
import { ReportView } from "./report.tsx";

const histogramQuery = graphql(`
  query Histogram($input: HistogramInput!) {
    histogram(input: $input) {
      excludedByConsent wholeSince archivedMonths
      customers
      total
      unidentified
      buckets { from to label customers }
    }
  }
`);

type Histogram = ResultOf<typeof histogramQuery>["histogram"];

/** How many customers did something never, once, twice, or six times and more. */
export function HistogramReport() {
  const { period, audience, reasons } = useReportFilter();
  const { search } = usePlace();
  const counted = search.get("count");
  const buckets = Math.min(50, Math.max(1, useNumber("buckets", 5)));
  const metric = counted ? eventsIn(search, "count")! : (aboutReasons(null, reasons) ?? matcherOf("calls"));
  const universe = eventsIn(search, "of");
  return (
    <ReportView
      title="How often"
      about="How many customers did it once, twice, six times or more, or never."
      query={histogramQuery}
      people="histogram"
      variables={{ input: { period, audience, metric, universe, buckets } }}
      controls={
        <>
          <SequenceField label="Count" name="count" empty="calls" subject="Each time somebody" />
          <SequenceField label="Of customers who" name="of" empty="did anything" />
          <NumberChoice label="Bars before “more”" name="buckets" value={buckets} most={50} />
          {!counted && <WordsField label="Only calls about" name="reasons" placeholder="all" />}
        </>
      }
    >
      {({ histogram }) => <Picture histogram={histogram} what={countedWords(counted)} />}
    </ReportView>
  );
}

const bucketCell = ({ from }: { from: number }): CellAsked<"histogram"> => ({ figure: "BUCKET", from });

/** What is counted, as a thing. */
function countedWords(text: string | null): string {
  const [step, ...others] = parseSequence(text ?? "calls").steps;
  return step && others.length === 0 ? eventWords(step) : "such events";
}

function Picture({ histogram, what }: { histogram: Histogram; what: string }) {
  const { buckets, customers, total, unidentified } = histogram;
  const option = useCallback((palette: Palette) => bars(palette, histogram), [histogram]);
  if (customers === 0) return <Empty title="Nobody was there">Choose a longer period or a wider audience.</Empty>;
  return (
    <div className="stack">
      <Panel title={`${countOf(customers)} customers, ${countOf(total)} ${what}`}>
        <Chart
          label={`Customers by their number of ${what}`}
          option={option}
          onPick={({ dataIndex }) => openCell(bucketCell(buckets[dataIndex]!))}
        />
        {unidentified > 0 && (
          <p className="note">{countOf(unidentified)} more came from nobody who can be told apart.</p>
        )}
      </Panel>
      <DataTable
        title="Customers by number"
        file="histogram"
        rows={buckets}
        columns={[
          { label: `Number of ${what}`, value: ({ label }) => label },
          opened<Histogram["buckets"][number]>(
            { label: "Customers", value: (row) => row.customers, shown: (row) => countOf(row.customers) },
            bucketCell,
          ),
          {
            label: "Share",
            value: (row) => (customers ? row.customers / customers : null),
            shown: (row) => percentOf(customers ? row.customers / customers : null),
          },
        ]}
      />
    </div>
  );
}

function bars(palette: Palette, { buckets }: Histogram) {
  return {
    grid: { ...GRID, top: 20 },
    tooltip: { trigger: "axis" },
    legend: { show: false },
    xAxis: nameAxis(
      palette,
      buckets.map(({ label }) => label),
    ),
    yAxis: numberAxis(palette),
    series: [
      {
        type: "bar",
        name: "Customers",
        barMaxWidth: 84,
        label: {
          show: true,
          position: "top",
          color: palette.text,
          formatter: ({ value }: { value: number }) => countOf(value),
        },
        data: buckets.map(({ customers }) => customers),
      },
    ],
  };
}
