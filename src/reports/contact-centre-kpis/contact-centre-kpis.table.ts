import type { Cell } from "../../kit/table.ts";
import { moneyCells } from "../cells.ts";
import type { Answered, ReportTable } from "../declaration.ts";
import type { KpiInput, KpiReportType } from "./contact-centre-kpis.type.ts";
import { NEEDS } from "./coverage.type.ts";
import type { KpiRowType } from "./kpi-row.type.ts";
import { RESOLUTION_METHODS, SERVICE_LEVEL_METHODS } from "./method.type.ts";

export const contactCentreKpisTable: ReportTable<KpiReportType, KpiInput> = {
  about:
    "One row for each interval and group, a column for each dimension of `groupBy`, of `groupByCarried` with its allocation, and of `groupByAttributes`; `facet` where facets are asked for. Methods are columns: `serviceLevels ALL_IN`, with `numerator` and `denominator` beside it. `coverage` is the share of contacts that say what a figure needs. CSAT by source and scale (`csat`) is in the JSON only.",

  /** The dimensions asked for, then every figure under its own name, then the methods side by side. */
  of({ rows }, { groupBy, groupByCarried, groupByAttributes, facets }) {
    // GraphQL takes a single value where it expects a list.
    const dimensions = [
      ...[groupBy ?? []].flat().map((dimension) => ({ dimension, allocation: null })),
      ...[groupByCarried ?? []].flat().map(({ dimension = "", allocation = "MOST_RECENT" }) => ({
        dimension,
        allocation,
      })),
    ];
    const methods = METHODS.flatMap(columnsOf);
    return {
      columns: [
        ...dimensions.map(columnOf),
        ...[groupByAttributes ?? []].flat().map(({ attribute }) => attribute ?? ""),
        ...(facets ? ["facet"] : []),
        ...FIGURES,
        ...methods,
        "costPerContactAmount",
        "costPerContactCurrency",
        ...Object.keys(NEEDS).map(coverageOf),
      ],
      rows: rows.map(cellsOf),
    };
  },
};

const columnOf = ({ dimension, allocation }: { dimension: string; allocation: string | null }): string =>
  allocation === null ? dimension : `${dimension} ${allocation}`;

const FIGURES = [
  "bucketStart",
  "contacts",
  "legs",
  "calls",
  "queued",
  "handled",
  "abandoned",
  "shortAbandoned",
  "averageHandleSeconds",
  "averageTalkSeconds",
  "averageHoldSeconds",
  "averageHoldSecondsAllContacts",
  "averageWrapUpSeconds",
  "averageSpeedOfAnswerSeconds",
  "averageAbandonSeconds",
  "maxQueueSeconds",
  "abandonmentRate",
  "transferRate",
  "callbackRate",
  "callbackCompletionRate",
  "escalationRate",
  "repeatCallerRate",
  "containmentRate",
  "functionalContainmentRate",
  "digitalOfferedRate",
  "digitalAcceptedRate",
  "netDeflectionRate",
  "averageCsat",
  "csatTopTwoBox",
  "surveyResponseRate",
  "contactRate",
  "channelSwitchRate",
] as const satisfies readonly (keyof KpiRowType)[];

const METHODS = [
  ...SERVICE_LEVEL_METHODS.map((method) => `serviceLevels ${method}`),
  ...RESOLUTION_METHODS.map((method) => `firstContactResolution ${method}`),
];

function columnsOf(method: string): string[] {
  return [method, `${method} numerator`, `${method} denominator`, coverageOf(method)];
}

function coverageOf(figure: string): string {
  return `${figure} coverage`;
}

function cellsOf(row: Answered<KpiRowType>): Record<string, Cell> {
  const {
    group,
    attributes,
    serviceLevels,
    firstContactResolution,
    costPerContact,
    csat: _,
    coverage,
    ...figures
  } = row;
  return {
    ...figures,
    ...Object.fromEntries(group.map(({ value, ...group }) => [columnOf(group), value])),
    ...Object.fromEntries(attributes.map(({ attribute, value }) => [attribute, value])),
    ...methodCells("serviceLevels", serviceLevels),
    ...methodCells("firstContactResolution", firstContactResolution),
    ...moneyCells("costPerContact", costPerContact),
    ...Object.fromEntries(Object.entries(coverage).map(([figure, { share }]) => [coverageOf(figure), share])),
  };
}

interface MethodFigure {
  method: string;
  value: number | null;
  numerator: number;
  denominator: number;
  coverage: { share: number | null };
}

function methodCells(name: string, methods: readonly MethodFigure[]): Record<string, Cell> {
  const cells = methods.map(({ method, value, numerator, denominator, coverage }) => ({
    [`${name} ${method}`]: value,
    [`${name} ${method} numerator`]: numerator,
    [`${name} ${method} denominator`]: denominator,
    [coverageOf(`${name} ${method}`)]: coverage.share,
  }));
  return Object.assign({}, ...cells);
}
