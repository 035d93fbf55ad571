import type { Cell, Table } from "./csv.ts";
import { type MoneyLine, moneyCells } from "./report-money.ts";

interface Method {
  method: string;
  value: Cell;
  numerator: Cell;
  denominator: Cell;
}

interface KpiRow {
  group: { dimension: string; value: Cell }[];
  serviceLevels: Method[];
  firstContactResolution: Method[];
  costPerContact: MoneyLine;
  [figure: string]: unknown;
}

/** The dimensions asked for, then every figure under its own name, then the methods side by side. */
export function kpiTable({ rows }: { rows: KpiRow[] }, input: { groupBy?: string | string[] | null }): Table {
  // GraphQL takes a single value where it expects a list.
  const dimensions = [input.groupBy ?? []].flat();
  return {
    columns: [
      ...dimensions,
      ...FIGURES,
      ...METHODS.flatMap(columnsOf),
      "costPerContactAmount",
      "costPerContactCurrency",
    ],
    rows: rows.map(cellsOf),
  };
}

const FIGURES = [
  "bucketStart",
  "contacts",
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
];

const METHODS = [
  ...["ALL_IN", "ANSWERED_ONLY", "ABANDON_NEGATIVE", "IGNORE_EARLY_ABANDON", "SHORT_CREDITED", "SHORT_EXCLUDED"].map(
    (method) => `serviceLevels ${method}`,
  ),
  ...["FLAG", "NO_REPEAT", "NO_REPEAT_SAME_INTENT", "SURVEY"].map((method) => `firstContactResolution ${method}`),
];

function columnsOf(method: string): string[] {
  return [method, `${method} numerator`, `${method} denominator`];
}

function cellsOf({ group, serviceLevels, firstContactResolution, costPerContact, ...figures }: KpiRow) {
  return {
    ...(figures as Record<string, Cell>),
    ...Object.fromEntries(group.map(({ dimension, value }) => [dimension, value])),
    ...methodCells("serviceLevels", serviceLevels),
    ...methodCells("firstContactResolution", firstContactResolution),
    ...moneyCells("costPerContact", costPerContact),
  };
}

function methodCells(name: string, methods: readonly Method[]): Record<string, Cell> {
  const cells = methods.map(({ method, value, numerator, denominator }) => ({
    [`${name} ${method}`]: value,
    [`${name} ${method} numerator`]: numerator,
    [`${name} ${method} denominator`]: denominator,
  }));
  return Object.assign({}, ...cells);
}
