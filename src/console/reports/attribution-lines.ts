import { graphql, type ResultOf } from "../api/graphql.ts";
import { wordsOf } from "../parts/format.ts";
import type { CellAsked } from "./cell.tsx";

// The query of the attribution page, for its table and its bars.

export const attributionQuery = graphql(`
  query Attribution($input: AttributionInput!) {
    attribution(input: $input) {
      excludedByConsent wholeSince archivedMonths
      conversions
      total
      otherCurrencies
      models {
        kind
        attributed
        otherRows
        rows {
          item
          section
          credit
          share
          conversions
          split { value credit }
        }
        unattributed { total byReason { reason value } }
      }
    }
  }
`);

export type Attribution = ResultOf<typeof attributionQuery>["attribution"];

/** U-shaped, J-shaped and W-shaped keep their capital letter. */
export const modelName = (model: string) =>
  wordsOf(model)
    .replace(/^([ujw]) shaped$/i, "$1-shaped")
    .replace(/ j$/, " J");

/** One item, with what each model credits to it. */
export interface CreditLine {
  item: string;
  section: string | null;
  byModel: {
    credit: number;
    share: number | null;
    /** The same by the values that it is split by. */
    parts: ReadonlyMap<string, number>;
  }[];
  conversions: number | null;
  /** Which cell of each model it is. */
  cell: Omit<CellAsked<"attribution">, "model">;
}

export function creditLinesOf({ models }: Attribution): CreditLine[] {
  const found = new Map<string, CreditLine>();
  for (const [position, model] of models.entries()) {
    for (const { item, section, credit, share, conversions, split } of model.rows) {
      const key = `${section}\0${item}`;
      const line = found.get(key) ?? { item, section, byModel: [], conversions, cell: { figure: "CREDIT", item } };
      const parts = new Map(split.map((part) => [partName(part.value), part.credit]));
      line.byModel[position] = { credit, share, parts };
      found.set(key, line);
    }
  }
  return [...found.values()];
}

/** The values that credit is split by, those with most of it by all models first. */
export function splitValuesOf({ models }: Attribution): string[] {
  const weights = new Map<string, number>();
  for (const { value, credit } of models.flatMap(({ rows }) => rows.flatMap(({ split }) => split))) {
    weights.set(partName(value), (weights.get(partName(value)) ?? 0) + credit);
  }
  return [...weights.keys()].toSorted((a, b) => weights.get(b)! - weights.get(a)!);
}

/** How many values have a colour, and a column; the rest share one. */
export const PARTS = 6;

const NOT_SAID = "not said";
const partName = (value: string | null) => value ?? NOT_SAID;

/** The value that a part is of. */
export const partValue = (name: string) => (name === NOT_SAID ? null : name);

const NO_PARTS: ReadonlyMap<string, number> = new Map();

/** The rows below the first ones as one sum, so that every column adds up. */
export function othersOf({ models }: Attribution): CreditLine[] {
  if (models.every(({ otherRows }) => Math.abs(otherRows) < 1e-9)) return [];
  const byModel = models.map(({ otherRows: credit }) => ({ credit, share: null, parts: NO_PARTS }));
  return [{ item: "All other items", section: null, byModel, conversions: null, cell: { figure: "OTHER_ROWS" } }];
}

export function unattributedOf({ models }: Attribution): CreditLine[] {
  const whole = models.map(({ unattributed: { total: credit } }) => ({ credit, share: null, parts: NO_PARTS }));
  const reasons = models[0]?.unattributed.byReason.map(({ reason }) => reason) ?? [];
  const lines = reasons.map((reason) => ({
    item: `– ${wordsOf(reason).toLowerCase()}`,
    section: null,
    byModel: models.map(({ unattributed }) => ({
      credit: unattributed.byReason.find((one) => one.reason === reason)?.value ?? 0,
      share: null,
      parts: NO_PARTS,
    })),
    conversions: null,
    cell: { figure: "UNATTRIBUTED" as const, reason },
  }));
  return [
    { item: "Unattributed", section: null, byModel: whole, conversions: null, cell: { figure: "UNATTRIBUTED" } },
    ...lines,
  ];
}
