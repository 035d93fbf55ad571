import { useCallback, useMemo } from "react";
import { graphql, type ResultOf } from "../api/graphql.ts";
import { eventsIn } from "../builder/asked.ts";
import { matcherOf } from "../builder/events.ts";
import { RowsField, useRows } from "../builder/rows-field.tsx";
import { SequenceField } from "../builder/sequence-field.tsx";
import { GRID, nameAxis, numberAxis } from "../parts/axes.ts";
import { Chart } from "../parts/chart.tsx";
import { countOf, lengthOf, percentOf } from "../parts/format.ts";
import type { Palette } from "../parts/palette.ts";
import { Panel } from "../parts/panel.tsx";
import { Empty } from "../parts/states.tsx";
import { usePlace } from "../shell/router.ts";
import { Breakdown, groupName, type KpiLine, kpiCell } from "../wallboard/breakdown.tsx";
import { groupFields, type KpiGroupFields } from "../wallboard/kpi.query.ts";
import { openCell } from "./cell.tsx";
import { Choice, useChoice } from "./choice.tsx";
import { useReportFilter } from "./filter.ts";
import { ReportView } from "./report.tsx";

const keyFiguresQuery = graphql(
  `
  query KeyFigures($input: KpiInput!) {
    contactCentreKpis(input: $input) {
      excludedByConsent wholeSince archivedMonths
      rows { facet ...GroupFields }
    }
  }
`,
  [groupFields],
);

type KeyFigures = ResultOf<typeof keyFiguresQuery>["contactCentreKpis"];
const DIMENSIONS = [
  "CALL_REASON",
  "TEAM",
  "AGENT",
  "CALL_CENTRE",
  "DEPARTMENT",
  "SKILL",
  "CHANNEL",
  "CAMPAIGN",
  "OUTCOME",
  "SEGMENT",
  "INTENT",
] as const;
const FURTHER = ["none", ...DIMENSIONS] as const;
const DRAWN = 15;

const MEASURES = {
  handle: {
    label: "Handle time",
    figure: "averageHandleSeconds",
    of: (row) => row.averageHandleSeconds,
    text: lengthOf,
  },
  satisfied: { label: "Satisfied", figure: "csatTopTwoBox", of: (row) => row.csatTopTwoBox, text: percentOf },
  resolved: { label: "Resolved at once", figure: "firstContactResolution/FLAG", of: resolvedOf, text: percentOf },
  cost: {
    label: "Cost of a contact",
    figure: "costPerContact",
    of: costOf,
    text: (value) => (value == null ? "–" : value.toFixed(2)),
  },
  contacts: { label: "Contacts", figure: "contacts", of: (row) => row.contacts, text: countOf },
  abandoned: { label: "Abandoned", figure: "abandonmentRate", of: (row) => row.abandonmentRate, text: percentOf },
  transferred: { label: "Transferred", figure: "transferRate", of: (row) => row.transferRate, text: percentOf },
} as const satisfies Record<
  string,
  { label: string; figure: string; of: (row: KpiGroupFields) => number | null; text: (value: number | null) => string }
>;
type MeasureName = keyof typeof MEASURES;
const MEASURE_NAMES = Object.keys(MEASURES) as MeasureName[];

const EXAMPLES = {
  "Handle time, satisfaction, resolution and cost by the last page before the call": "by-carried=page",
  "Those who were on the web within the hour before, and the others":
    "by-facets=From+the+web%3Dweb%3Ecalls~within%3A60%3Bkeep%3Aonly_after%7CAll+calls%3Dcalls",
  "By team and what the call was about": "by=TEAM&and=CALL_REASON",
};

/** What contacts take, and how they end, by anything that happened before. */
export function KeyFiguresReport() {
  const { search } = usePlace();
  const { period, audience } = useReportFilter();
  const { dimension, carried, facets } = useRows("by", DIMENSIONS);
  const and = useChoice("and", FURTHER);
  const measure = useChoice("measure", MEASURE_NAMES);
  const own = carried || facets ? [] : [dimension];
  const input = {
    period,
    audience,
    matcher: eventsIn(search, "of") ?? matcherOf("calls"),
    groupBy: [...own, ...(and === "none" || and === own[0] ? [] : [and])],
    groupByCarried: carried && [carried],
    facets,
  };
  return (
    <ReportView
      title="Key figures"
      about="What contacts take and how they end, by who had them or by what came before."
      query={keyFiguresQuery}
      people="contactCentreKpis"
      variables={{ input }}
      examples={EXAMPLES}
      controls={
        <>
          <RowsField label="By" name="by" options={DIMENSIONS} />
          <Choice label="And by" name="and" options={FURTHER} />
          <SequenceField label="Which contacts" name="of" empty="calls" subject="Each time somebody" />
          <Choice label="Drawn" name="measure" options={MEASURE_NAMES} named={(name) => MEASURES[name].label} />
        </>
      }
    >
      {({ contactCentreKpis: { rows } }) => <Picture rows={rows} isFaceted={facets !== null} measure={measure} />}
    </ReportView>
  );
}

interface PictureProps {
  rows: KeyFigures["rows"];
  isFaceted: boolean;
  measure: MeasureName;
}

function Picture({ rows: figures, isFaceted, measure }: PictureProps) {
  const rows = useMemo(() => rowsOf(figures, isFaceted), [figures, isFaceted]);
  const option = useCallback((palette: Palette) => bars(palette, rows, measure), [rows, measure]);
  if (rows.length === 0) return <Empty title="Nobody called">Choose a longer period or a wider audience.</Empty>;
  return (
    <div className="stack">
      <Panel title={`${MEASURES[measure].label}, by the most frequent`}>
        <Chart
          label={`${MEASURES[measure].label} of each row`}
          height="high"
          option={option}
          onPick={({ dataIndex }) => {
            const row = drawnOf(rows)[dataIndex]!;
            openCell(kpiCell(figureOf(measure, [row]), row));
          }}
        />
      </Panel>
      <Breakdown rows={rows} method="ALL_IN" />
    </div>
  );
}

/** The most frequent first; a facet's name stands where a value would. */
function rowsOf(rows: KeyFigures["rows"], isFaceted: boolean): KpiLine[] {
  return rows
    .map(({ facet, group, ...row }) => ({
      ...row,
      ...(isFaceted && { facet }),
      group: isFaceted ? [{ value: facet ?? "none of these", allocation: null }, ...group] : group,
    }))
    .toSorted((a, b) => b.contacts - a.contacts);
}

/** From the bottom up. */
const drawnOf = (rows: readonly KpiLine[]) => rows.slice(0, DRAWN).toReversed();

/** The API's name of a measure; a cost is of one currency. */
function figureOf(measure: MeasureName, rows: readonly KpiLine[]): string {
  const { figure } = MEASURES[measure];
  const currency = rows.find(({ costPerContact }) => costPerContact.length > 0)?.costPerContact[0]?.currency;
  return measure === "cost" ? `${figure}/${currency}` : figure;
}

function resolvedOf({ firstContactResolution }: KpiGroupFields): number | null {
  return firstContactResolution.find(({ method }) => method === "FLAG")?.value ?? null;
}

/** Of one currency only: several have no sum. */
function costOf({ costPerContact: [cost, ...others] }: KpiGroupFields): number | null {
  return cost && others.length === 0 ? Number(cost.amount) : null;
}

function bars(palette: Palette, rows: readonly KpiGroupFields[], measure: MeasureName) {
  const drawn = drawnOf(rows);
  const { label, of, text } = MEASURES[measure];
  return {
    grid: { ...GRID, top: 8 },
    legend: { show: false },
    tooltip: { trigger: "axis", valueFormatter: (value: number | null) => text(value) },
    xAxis: numberAxis(palette, {
      axisLabel: { color: palette.soft, hideOverlap: true, formatter: (value: number) => text(value) },
    }),
    yAxis: nameAxis(
      palette,
      drawn.map(({ group }) => groupName(group)),
    ),
    series: [{ type: "bar", name: label, barMaxWidth: 28, data: drawn.map(of) }],
  };
}
