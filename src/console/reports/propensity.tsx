import { useCallback } from "react";
import { graphql, type ResultOf } from "../api/graphql.ts";
import { aboutReasons, eventsIn } from "../builder/asked.ts";
import { RowsField, useRows } from "../builder/rows-field.tsx";
import { SequenceField } from "../builder/sequence-field.tsx";
import { GRID, nameAxis, numberAxis } from "../parts/axes.ts";
import { Chart } from "../parts/chart.tsx";
import { DataTable } from "../parts/data-table.tsx";
import { countOf, decimalOf, moneyText, percentOf } from "../parts/format.ts";
import type { Palette } from "../parts/palette.ts";
import { Panel } from "../parts/panel.tsx";
import { Empty } from "../parts/states.tsx";
import { usePlace } from "../shell/router.ts";
import { type CellAsked, openCell, opened } from "./cell.tsx";
import { Choice, NumberChoice, useChoice, useNumber } from "./choice.tsx";
import { useReportFilter } from "./filter.ts";
import { WordsField } from "./filter-bar.tsx";
import { intervals } from "./intervals.ts";
import { ReportView } from "./report.tsx";

const propensityQuery = graphql(`
  query CallPropensity($input: CallPropensityInput!) {
    callPropensity(input: $input) {
      excludedByConsent wholeSince archivedMonths
      overallRate
      rows {
        item
        exposures
        conversions
        rate
        rateLow
        rateHigh
        credit
        cost { amount currency }
      }
    }
  }
`);

type Propensity = ResultOf<typeof propensityQuery>["callPropensity"];
const DIMENSIONS = ["SECTION", "PAGE", "CAMPAIGN", "SEARCH_TERM", "DEVICE"] as const;
const MODELS = ["LINEAR", "LAST_TOUCH", "FIRST_TOUCH", "TIME_DECAY"] as const;
const DRAWN = 15;

/** The sections by the share of their visitors who call. */
export function PropensityReport() {
  const { search } = usePlace();
  const { period, audience, reasons } = useReportFilter();
  const withinMinutes = useNumber("minutes", 30);
  const minimumExposures = useNumber("least", 30);
  const input = {
    period,
    audience,
    withinMinutes,
    minimumExposures,
    ...useRows("by", DIMENSIONS),
    model: { kind: useChoice("model", MODELS) },
    conversions: aboutReasons(eventsIn(search, "of"), reasons),
    exposures: eventsIn(search, "seen"),
  };
  return (
    <ReportView
      title="Call propensity"
      about="Of those who saw it, how many called soon after: with the interval that the numbers allow."
      query={propensityQuery}
      people="callPropensity"
      variables={{ input }}
      controls={
        <>
          <RowsField label="Seen" name="by" options={DIMENSIONS} />
          <NumberChoice label="Called within minutes" name="minutes" value={withinMinutes} most={10_080} />
          <NumberChoice label="Seen at least" name="least" value={minimumExposures} most={1_000_000} />
          <Choice label="Credit by" name="model" options={MODELS} />
          <SequenceField label="What counts as seeing it" name="seen" empty="page views" subject="Each time somebody" />
          <SequenceField label="What may follow" name="of" empty="calls" subject="Each time somebody" />
          <WordsField label="Only calls about" name="reasons" placeholder="all" />
        </>
      }
    >
      {({ callPropensity }) => <Picture propensity={callPropensity} />}
    </ReportView>
  );
}

function Picture({ propensity }: { propensity: Propensity }) {
  const { rows, overallRate } = propensity;
  const option = useCallback((palette: Palette) => dots(palette, propensity), [propensity]);
  if (rows.length === 0) return <Empty title="Nothing was seen often enough">Lower “seen at least”.</Empty>;
  return (
    <div className="stack">
      <Panel title={`${percentOf(overallRate)} of all sessions led to a call`}>
        <Chart
          label="Share of sessions that led to a call, with its interval"
          height="high"
          option={option}
          onPick={({ dataIndex }) => openCell(seenCell("CONVERSIONS")(drawnOf(rows)[dataIndex]!))}
        />
      </Panel>
      <DataTable
        title="By what was seen"
        file="call-propensity"
        rows={rows}
        columns={[
          { label: "Seen", value: ({ item }) => item },
          opened<Propensity["rows"][number]>(
            { label: "Sessions", value: ({ exposures }) => exposures, shown: ({ exposures }) => countOf(exposures) },
            seenCell("EXPOSURES"),
          ),
          opened<Propensity["rows"][number]>(
            { label: "With a call", value: (row) => row.conversions, shown: (row) => countOf(row.conversions) },
            seenCell("CONVERSIONS"),
          ),
          { label: "Rate", value: ({ rate }) => rate, shown: ({ rate }) => percentOf(rate) },
          { label: "At least", value: ({ rateLow }) => rateLow, shown: ({ rateLow }) => percentOf(rateLow) },
          { label: "At most", value: ({ rateHigh }) => rateHigh, shown: ({ rateHigh }) => percentOf(rateHigh) },
          opened<Propensity["rows"][number]>(
            { label: "Credit", value: ({ credit }) => credit, shown: ({ credit }) => decimalOf(credit) },
            seenCell("CREDIT"),
          ),
          {
            label: "Cost of these calls",
            value: ({ cost }) => (cost.length ? moneyText(cost) : null),
            isNumber: true,
          },
        ]}
      />
    </div>
  );
}

type SeenCell = CellAsked<"callPropensity">;
const seenCell =
  (figure: SeenCell["figure"]) =>
  ({ item }: { item: string }): SeenCell => ({ figure, item });

/** From the bottom up. */
const drawnOf = (rows: Propensity["rows"]) => rows.slice(0, DRAWN).toReversed();

function dots(palette: Palette, { rows }: Propensity) {
  const drawn = drawnOf(rows);
  return {
    grid: { ...GRID, top: 8 },
    legend: { show: false },
    tooltip: { trigger: "item", formatter: ({ dataIndex }: { dataIndex: number }) => tipOf(drawn[dataIndex]!) },
    xAxis: numberAxis(palette, { axisLabel: { color: palette.soft, formatter: (value: number) => percentOf(value) } }),
    yAxis: nameAxis(
      palette,
      drawn.map(({ item }) => item),
    ),
    series: [
      intervals(
        drawn.map(({ rateLow, rateHigh }) => [rateLow, rateHigh]),
        palette,
      ),
      { type: "scatter", symbolSize: 11, data: drawn.map(({ rate }, row) => [rate, row]) },
    ],
  };
}

const tipOf = ({ item, rate, rateLow, rateHigh, exposures }: Propensity["rows"][number]) =>
  `${item}: ${percentOf(rate)} (${percentOf(rateLow)} to ${percentOf(rateHigh)}) of ${countOf(exposures)}`;
