import type { Cell, Table } from "./csv.ts";
import { kpiTable } from "./report-kpi-table.ts";
import { type MoneyLine, moneyCells } from "./report-money.ts";

/** How a report becomes one table, and what a reader of the table has to know. */
export interface Flattening {
  about: string;
  // Answers come from the schema, which has checked them; each flattening states the part of the shape that it reads.
  // biome-ignore lint/suspicious/noExplicitAny: each flattening names the shape of its own report
  table(report: any, input: any): Table;
}

type Cells = Record<string, Cell>;

/** One flattening for each report, by its name in addresses. */
export const REPORT_TABLES: Readonly<Record<string, Flattening>> = {
  overlap: {
    about:
      "`part` says what a row counts: REGION is exclusive (the regions add up to UNION), SET and PAIR are whole. `sets` are joined by ` & `.",
    table: overlapTable,
  },
  attribution: {
    about:
      "`part` says what a row is, for each `model`: ITEM; ITEM_SPLIT, a part of the ITEM above it; OTHER_ITEMS, those beyond `first`; UNATTRIBUTED, by reason in `item`; TOTAL. ITEM, OTHER_ITEMS and UNATTRIBUTED add up to TOTAL, PARTICIPATION's apart.",
    table: attributionTable,
  },
  flow: {
    about: "`part` NODE is a node, with its customers; LINK leads from the node to the one in the columns `to…`.",
    table: flowTable,
  },
  fallout: { about: "One row a step, in order.", table: falloutTable },
  histogram: { about: "One row a bucket; `to` is empty for the last.", table: histogramTable },
  "call-propensity": {
    about: "`part` says what a row is: ITEM; ITEM_SPLIT, a part of the credit above it; OVERALL, whose rate is of all.",
    table: propensityTable,
  },
  "channel-performance": { about: "One row a value; empty for none.", table: channelTable },
  "contact-centre-kpis": {
    about:
      "One row for each interval and group, a column for each dimension of `groupBy`. Methods are columns: `serviceLevels ALL_IN`, with `numerator` and `denominator` beside it.",
    table: kpiTable,
  },
  "match-quality": {
    about: "`part` says what a row counts: TOTAL, a METHOD of matching, or a SOURCE of calls.",
    table: matchTable,
  },
};

interface Overlap {
  sets: { name: string; count: number }[];
  regions: { sets: string[]; count: number }[];
  pairs: { a: string; b: string; both: number; jaccard: Cell; containment: Cell }[];
  union: number;
  unidentified: number;
}

function overlapTable({ sets, regions, pairs, union, unidentified }: Overlap): Table {
  const together = (names: string[]) => names.join(" & ");
  return {
    columns: ["part", "sets", "count", "jaccard", "containment"],
    rows: [
      ...sets.map(({ name, count }) => ({ part: "SET", sets: name, count })),
      ...regions.map(({ sets: names, count }) => ({ part: "REGION", sets: together(names), count })),
      ...pairs.map(({ a, b, both, ...rest }) => ({ part: "PAIR", sets: together([a, b]), count: both, ...rest })),
      { part: "UNION", count: union },
      { part: "UNIDENTIFIED", count: unidentified },
    ],
  };
}

interface Split {
  value: Cell;
  credit: Cell;
}

interface Attribution {
  conversions: number;
  total: number;
  models: {
    kind: string;
    rows: (Cells & { split: Split[] & Cell })[];
    otherRows: number;
    unattributed: { byReason: { reason: string; value: number }[] };
  }[];
}

function attributionTable({ models, conversions, total }: Attribution): Table {
  return {
    columns: ["model", "part", "item", "section", "split", "credit", "share", "conversions"],
    rows: models.flatMap(({ kind: model, rows, otherRows, unattributed }) => [
      ...rows.flatMap(({ split, ...row }) => [{ model, part: "ITEM", ...row }, ...splitRows({ model, ...row }, split)]),
      { model, part: "OTHER_ITEMS", credit: otherRows },
      ...unattributed.byReason.map(({ reason, value }) => ({
        model,
        part: "UNATTRIBUTED",
        item: reason,
        credit: value,
      })),
      { model, part: "TOTAL", credit: total, conversions },
    ]),
  };
}

function splitRows({ model, item, section }: Cells, split: readonly Split[]): Cells[] {
  return split.map(({ value, credit }) => ({ model, part: "ITEM_SPLIT", item, section, split: value, credit }));
}

interface Flow {
  nodes: (Cells & { id: string })[];
  links: { sourceNodeId: string; targetNodeId: string; count: number }[];
}

function flowTable({ nodes, links }: Flow): Table {
  const nodeOf = (id: string): Cells => nodes.find((node) => node.id === id) ?? {};
  return {
    columns: ["part", "step", "kind", "item", "toStep", "toKind", "toItem", "count", "customers", "shareOfAnchor"],
    rows: [
      ...nodes.map((node) => ({ part: "NODE", ...node })),
      ...links.map(({ sourceNodeId, targetNodeId, count }) => {
        const [{ step, kind, item }, to] = [nodeOf(sourceNodeId), nodeOf(targetNodeId)];
        return { part: "LINK", step, kind, item, toStep: to.step, toKind: to.kind, toItem: to.item, count };
      }),
    ],
  };
}

function falloutTable({ steps }: { steps: Cells[] }): Table {
  return {
    columns: ["step", "name", "count", "ofFirst", "ofPrevious", "dropped", "pending", "medianSecondsFromPrevious"],
    rows: steps.map((step, i) => ({ step: i + 1, ...step })),
  };
}

function histogramTable({ buckets }: { buckets: Cells[] }): Table {
  return { columns: ["from", "to", "label", "customers"], rows: buckets };
}

interface Propensity {
  rows: (Cells & { split: Split[] & Cell; cost: MoneyLine & Cell })[];
  overallRate: Cell;
}

function propensityTable({ rows, overallRate }: Propensity): Table {
  const counts = ["exposures", "conversions", "rate", "rateLow", "rateHigh", "credit"];
  return {
    columns: ["part", "item", "split", ...counts, "costAmount", "costCurrency"],
    rows: [
      ...rows.flatMap(({ split, cost, ...row }) => [
        { part: "ITEM", ...row, ...moneyCells("cost", cost) },
        ...splitRows(row, split),
      ]),
      { part: "OVERALL", rate: overallRate },
    ],
  };
}

interface ChannelPerformance {
  rows: (Cells & { revenue: MoneyLine & Cell; cost: MoneyLine & Cell })[];
}

function channelTable({ rows }: ChannelPerformance): Table {
  const counts = ["interactions", "calls", "matchedCalls", "transactions"];
  return {
    columns: ["value", ...counts, "revenueAmount", "revenueCurrency", "costAmount", "costCurrency"],
    rows: rows.map(({ revenue, cost, ...row }) => ({
      ...row,
      ...moneyCells("revenue", revenue),
      ...moneyCells("cost", cost),
    })),
  };
}

interface MatchQuality {
  byMethod: { method: string; count: number }[];
  bySource: (Cells & { source: string })[];
}

function matchTable({ byMethod, bySource, ...total }: MatchQuality): Table {
  const counts = ["calls", "matched", "outOfSession", "offline", "noIdentity", "unusable", "matchRate"];
  return {
    columns: ["part", "name", ...counts, "identifiedBefore", "identifiedAfter", "sharedIdentities"],
    rows: [
      { part: "TOTAL", ...total },
      ...byMethod.map(({ method, count }) => ({ part: "METHOD", name: method, matched: count })),
      ...bySource.map(({ source, ...row }) => ({ part: "SOURCE", name: source, ...row })),
    ],
  };
}
