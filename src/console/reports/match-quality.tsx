import { useCallback } from "react";
import { graphql, type ResultOf } from "../api/graphql.ts";
import { listOf } from "../builder/asked.ts";
import { GRID, nameAxis, numberAxis } from "../parts/axes.ts";
import { Chart } from "../parts/chart.tsx";
import { DataTable } from "../parts/data-table.tsx";
import { countOf, percentOf, wordsOf } from "../parts/format.ts";
import type { Palette } from "../parts/palette.ts";
import { Panel } from "../parts/panel.tsx";
import { Empty } from "../parts/states.tsx";
import { usePlace } from "../shell/router.ts";
import { type CellAsked, openCell, opened } from "./cell.tsx";
import { useReportFilter } from "./filter.ts";
import { WordsField } from "./filter-bar.tsx";
import { ReportView } from "./report.tsx";

const matchQuery = graphql(`
  query MatchQuality($input: MatchQualityInput!) {
    matchQuality(input: $input) {
      excludedByConsent wholeSince archivedMonths
      calls
      matched
      outOfSession
      offline
      noIdentity
      unusable
      matchRate
      byMethod { method count }
      bySource { source calls matched matchRate }
      identifiedBefore
      identifiedAfter
      sharedIdentities
    }
  }
`);

type Quality = ResultOf<typeof matchQuery>["matchQuality"];

/** How many calls were matched to the web and how, and why the others were not. */
export function MatchQualityReport() {
  const { period } = useReportFilter();
  const { search } = usePlace();
  return (
    <ReportView
      title="Match quality"
      about="How many calls were tied to a web visit, how, and why the others were not."
      withAudience={false}
      query={matchQuery}
      people="matchQuality"
      variables={{ input: { period, sources: listOf(search, "sources") } }}
      controls={<WordsField label="Sources" name="sources" placeholder="all" />}
    >
      {({ matchQuality }) => <Picture quality={matchQuality} />}
    </ReportView>
  );
}

const statusesOf = (quality: Quality) => [
  { label: "Matched", figure: "MATCHED", count: quality.matched },
  { label: "Visit was over", figure: "OUT_OF_SESSION", count: quality.outOfSession },
  { label: "Known, not on the web", figure: "OFFLINE", count: quality.offline },
  { label: "Nothing identifies the caller", figure: "NO_IDENTITY", count: quality.noIdentity },
  { label: "Not used, as its source is set", figure: "UNUSABLE", count: quality.unusable },
];

function Picture({ quality }: { quality: Quality }) {
  const option = useCallback((palette: Palette) => bars(palette, quality), [quality]);
  if (quality.calls === 0) return <Empty title="Nobody called">Choose a longer period or other sources.</Empty>;
  const figures = [
    ["Calls", countOf(quality.calls)],
    ["Matched, of usable calls", percentOf(quality.matchRate)],
    ["Identified when they came", percentOf(quality.identifiedBefore)],
    ["Identified by stitching", percentOf(quality.identifiedAfter)],
    ["Shared identities", countOf(quality.sharedIdentities)],
  ];
  return (
    <div className="stack">
      <Panel title="Calls by what became of them">
        <dl className="figures">
          {figures.map(([label, value]) => (
            <div key={label}>
              <dt>{label}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
        <Chart
          label="Calls by what became of them"
          option={option}
          onPick={({ dataIndex }) => openCell({ figure: statusesOf(quality).toReversed()[dataIndex]!.figure })}
        />
      </Panel>
      <Tables quality={quality} />
    </div>
  );
}

function Tables({ quality }: { quality: Quality }) {
  return (
    <>
      <DataTable
        title="Every call, once"
        file="match-quality"
        rows={statusesOf(quality)}
        columns={[
          { label: "Status", value: ({ label }) => label },
          opened<ReturnType<typeof statusesOf>[number]>(
            { label: "Calls", value: ({ count }) => count, shown: ({ count }) => countOf(count) },
            ({ figure }) => ({ figure }),
          ),
          {
            label: "Share",
            value: ({ count }) => count / quality.calls,
            shown: ({ count }) => percentOf(count / quality.calls),
          },
        ]}
      />
      <DataTable
        title="How they were matched"
        file="match-methods"
        rows={quality.byMethod}
        columns={[
          { label: "Method", value: ({ method }) => wordsOf(method) },
          opened<Quality["byMethod"][number]>(
            { label: "Calls", value: ({ count }) => count, shown: ({ count }) => countOf(count) },
            ({ method }): CellAsked<"matchQuality"> => ({ figure: "MATCHED", method }),
          ),
        ]}
      />
      <DataTable
        title="By source"
        file="match-sources"
        rows={quality.bySource}
        columns={[
          { label: "Source", value: ({ source }) => source },
          opened<Quality["bySource"][number]>(
            { label: "Calls", value: ({ calls }) => calls, shown: ({ calls }) => countOf(calls) },
            ({ source }): CellAsked<"matchQuality"> => ({ figure: "CALLS", source }),
          ),
          opened<Quality["bySource"][number]>(
            { label: "Matched", value: ({ matched }) => matched, shown: ({ matched }) => countOf(matched) },
            ({ source }): CellAsked<"matchQuality"> => ({ figure: "MATCHED", source }),
          ),
          {
            label: "Of usable calls",
            value: ({ matchRate }) => matchRate,
            shown: ({ matchRate }) => percentOf(matchRate),
          },
        ]}
      />
    </>
  );
}

function bars(palette: Palette, quality: Quality) {
  const statuses = statusesOf(quality).toReversed();
  return {
    grid: { ...GRID, top: 8 },
    legend: { show: false },
    tooltip: { trigger: "axis" },
    xAxis: numberAxis(palette),
    yAxis: nameAxis(
      palette,
      statuses.map(({ label }) => label),
    ),
    series: [{ type: "bar", name: "Calls", barMaxWidth: 34, data: statuses.map(({ count }) => count) }],
  };
}
