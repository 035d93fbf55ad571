import { useCallback } from "react";
import { graphql, type ResultOf } from "../api/graphql.ts";
import { facetsIn } from "../builder/asked.ts";
import { FacetsField } from "../builder/facets-field.tsx";
import { PathField } from "../builder/path-field.tsx";
import { pathAsked, pathOf } from "../builder/steps.ts";
import { GRID, nameAxis } from "../parts/axes.ts";
import { Chart } from "../parts/chart.tsx";
import { type Column, DataTable } from "../parts/data-table.tsx";
import { countOf, lengthOf, percentOf } from "../parts/format.ts";
import type { Palette } from "../parts/palette.ts";
import { Panel } from "../parts/panel.tsx";
import { Empty } from "../parts/states.tsx";
import { usePlace } from "../shell/router.ts";
import { type CellAsked, openCell, opened } from "./cell.tsx";
import { Choice, NumberChoice, useChoice, useNumber } from "./choice.tsx";
import { useReportFilter } from "./filter.ts";
import { ReportView } from "./report.tsx";

const falloutQuery = graphql(`
  query Fallout($input: FalloutInput!) {
    fallout(input: $input) {
      excludedByConsent wholeSince archivedMonths
      steps { name count ofFirst ofPrevious dropped pending medianSecondsFromPrevious }
      facets { name steps { name count ofFirst } }
    }
  }
`);

type Fallout = ResultOf<typeof falloutQuery>["fallout"];
const CONTAINERS = ["CUSTOMER", "SESSION", "SENDER_SESSION"] as const;
const WALKS = ["once", "each time"] as const;

/** Where customers leave an ordered path. */
export function FalloutReport() {
  const { period, audience } = useReportFilter();
  const { search } = usePlace();
  const minutes = useNumber("minutes", 0);
  const input = {
    period,
    audience,
    container: useChoice("per", CONTAINERS),
    withinMinutes: minutes || null,
    reEntry: useChoice("walks", WALKS) !== WALKS[0],
    steps: pathAsked(pathOf(search.get("steps"))),
    facets: facetsIn(search, "facets"),
  };
  return (
    <ReportView
      title="Fallout"
      about="How many take each step of a path, in order, and where the others leave it."
      query={falloutQuery}
      people="fallout"
      variables={{ input }}
      controls={
        <>
          <PathField label="Steps" name="steps" />
          <FacetsField label="Compared" name="facets" empty="no groups" />
          <Choice label="Counted per" name="per" options={CONTAINERS} />
          <Choice label="Who goes all the way counts" name="walks" options={WALKS} named={String} />
          <NumberChoice label="Within minutes (0: any)" name="minutes" value={minutes} most={525_600} />
        </>
      }
    >
      {({ fallout }) => <Picture fallout={fallout} />}
    </ReportView>
  );
}

function Picture({ fallout }: { fallout: Fallout }) {
  const { steps, facets } = fallout;
  const option = useCallback((palette: Palette) => funnel(palette, fallout), [fallout]);
  if (!steps[0]?.count)
    return <Empty title="Nobody took the first step">Choose a longer period or another step.</Empty>;
  return (
    <div className="stack">
      <Panel title={`${percentOf(steps.at(-1)?.ofFirst)} go all the way`}>
        <Chart
          label="Funnel of the steps"
          option={option}
          onPick={({ seriesName, dataIndex }) => openCell(cellOf(steps.length - dataIndex, FIGURES[seriesName]))}
        />
      </Panel>
      <DataTable
        title="Steps"
        file="fallout"
        rows={steps}
        columns={[
          { label: "Step", value: ({ name }) => name },
          countColumn(steps, "Reached", "count"),
          { label: "Of the first", value: ({ ofFirst }) => ofFirst, shown: ({ ofFirst }) => percentOf(ofFirst) },
          {
            label: "Of the step before",
            value: (step) => step.ofPrevious,
            shown: (step) => percentOf(step.ofPrevious),
          },
          countColumn(steps, "Left before it", "dropped"),
          countColumn(steps, "May still take it", "pending"),
          {
            label: "Median time since",
            value: (step) => step.medianSecondsFromPrevious,
            shown: (step) => lengthOf(step.medianSecondsFromPrevious),
          },
        ]}
      />
      {facets.length > 0 && <Compared facets={facets} />}
    </div>
  );
}

type FalloutCell = CellAsked<"fallout">;

/** The figures by the names of the chart's parts. */
const FIGURES: Record<string, FalloutCell["figure"]> = { "Went on": "COUNT", "May still": "PENDING", Left: "DROPPED" };

const cellOf = (step: number, figure: FalloutCell["figure"] = "COUNT", facet?: string): FalloutCell => ({
  step,
  figure,
  ...(facet !== undefined && { facet }),
});

type Step = Fallout["steps"][number];

/** Figures that open whoever is behind them. */
function countColumn(steps: readonly Step[], label: string, name: "count" | "dropped" | "pending"): Column<Step> {
  const figure = name.toUpperCase() as Uppercase<typeof name>;
  return opened<Step>({ label, value: (step) => step[name], shown: (step) => countOf(step[name]) }, (step) =>
    cellOf(steps.indexOf(step) + 1, figure),
  );
}

/** How many of each group take each step. */
function Compared({ facets }: Pick<Fallout, "facets">) {
  const rows = facets.flatMap(({ name: group, steps }) =>
    steps.map((step, position) => ({ group, position, ...step })),
  );
  return (
    <DataTable
      title="By group"
      file="fallout-groups"
      rows={rows}
      columns={[
        { label: "Of those who", value: ({ group }) => group },
        { label: "Step", value: ({ name }) => name },
        opened<Fallout["facets"][number]["steps"][number] & { group: string; position: number }>(
          { label: "Reached", value: ({ count }) => count, shown: ({ count }) => countOf(count) },
          ({ position, group }) => cellOf(position + 1, "COUNT", group),
        ),
        { label: "Of the first", value: ({ ofFirst }) => ofFirst, shown: ({ ofFirst }) => percentOf(ofFirst) },
      ]}
    />
  );
}

/** Pending customers are shown beside those who went on: they are not lost yet. */
function funnel(palette: Palette, { steps }: Fallout) {
  const upwards = steps.toReversed();
  const before = (position: number) => steps[Math.max(0, position - 1)]!.count;
  const left = steps.map(({ count, pending }, position) => Math.max(0, before(position) - count - pending));
  const names = upwards.map(({ name }) => name);
  const [reached, pending] = [upwards.map(({ count }) => count), upwards.map((step) => step.pending)];
  const label = {
    show: true,
    position: "insideLeft",
    color: palette.panel,
    formatter: ({ dataIndex }: { dataIndex: number }) => labelOf(upwards[dataIndex]!),
  };
  return {
    grid: GRID,
    tooltip: { trigger: "axis" },
    xAxis: { type: "value", show: false },
    yAxis: nameAxis(palette, names, { axisLine: { show: false } }),
    series: [
      { ...bar("Went on", palette.series[0], reached), label },
      bar("May still", palette.series[1], pending),
      bar("Left", palette.line, left.toReversed()),
    ],
  };
}

function bar(name: string, color: string | undefined, data: number[]) {
  return { type: "bar", stack: "step", name, barMaxWidth: 46, itemStyle: { color }, data };
}

const labelOf = ({ count, ofFirst }: Fallout["steps"][number]) =>
  count ? `${countOf(count)}   ${percentOf(ofFirst)}` : "";
