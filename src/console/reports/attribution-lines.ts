import { graphql, type ResultOf } from "../api/graphql.ts";
import { decimalOf, wordsOf } from "../parts/format.ts";

// The query of the attribution page, for its table and its bars.

export const attributionQuery = graphql(`
  query Attribution($input: AttributionInput!) {
    attribution(input: $input) {
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

/** U-shaped and J-shaped keep their capital letter. */
export const modelName = (model: string) =>
  wordsOf(model)
    .replace(/^([uj]) shaped$/i, "$1-shaped")
    .replace(/ j$/, " J");

/** One item, with what each model credits to it. */
export interface CreditLine {
  item: string;
  section: string | null;
  byModel: { credit: number; share: number | null }[];
  conversions: number | null;
  split: string;
}

export function creditLinesOf({ models }: Attribution): CreditLine[] {
  const found = new Map<string, CreditLine>();
  for (const [position, model] of models.entries()) {
    for (const { item, section, credit, share, conversions, split } of model.rows) {
      const key = `${section}\0${item}`;
      const line = found.get(key) ?? { item, section, byModel: [], conversions, split: "" };
      line.byModel[position] = { credit, share };
      if (position === 0) line.split = splitOf(split);
      found.set(key, line);
    }
  }
  return [...found.values()];
}

const splitOf = (split: { value: string | null; credit: number }[]) =>
  split.map(({ value, credit }) => `${value ?? "none"} ${decimalOf(credit)}`).join(", ");

/** The rows below the first ones as one sum, so that every column adds up. */
export function othersOf({ models }: Attribution): CreditLine[] {
  if (models.every(({ otherRows }) => Math.abs(otherRows) < 1e-9)) return [];
  const byModel = models.map(({ otherRows: credit }) => ({ credit, share: null }));
  return [{ item: "All other items", section: null, byModel, conversions: null, split: "" }];
}

export function unattributedOf({ models }: Attribution): CreditLine[] {
  const whole = models.map(({ unattributed: { total: credit } }) => ({ credit, share: null }));
  const reasons = models[0]?.unattributed.byReason.map(({ reason }) => reason) ?? [];
  const lines = reasons.map((reason) => ({
    item: `– ${wordsOf(reason).toLowerCase()}`,
    section: null,
    byModel: models.map(({ unattributed }) => ({
      credit: unattributed.byReason.find((one) => one.reason === reason)?.value ?? 0,
      share: null,
    })),
    conversions: null,
    split: "",
  }));
  return [{ item: "Unattributed", section: null, byModel: whole, conversions: null, split: "" }, ...lines];
}
