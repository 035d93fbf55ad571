import type { Db } from "../../db/client.ts";
import { AppError } from "../../kit/errors.ts";
import { groupBy } from "../../kit/group.ts";
import { checkBetween, checkFirst, checkPeriod, checkTimeout, MAX_WINDOW_MINUTES } from "../check.ts";
import type { CreditQuery } from "../credit.sql.ts";
import { creditRuleOf } from "../credit-rule.ts";
import { JourneyRow, journeysSql } from "../journeys.sql.ts";
import { learnedCredits } from "../learned.ts";
import { CallCreditRow, callCreditSql } from "./call-credit.sql.ts";
import { type CallPropensityQuery, CallPropensityRow, callPropensitySql } from "./call-propensity.sql.ts";
import type { CallPropensityInput, CallPropensityReportType, CallPropensityRowType } from "./call-propensity.type.ts";

/** Standard deviations that 95 % of a normal distribution lie within. */
const Z = 1.959963984540054;

/** Of the sessions with each item, the share that a call followed, and what a model credits to it. */
export async function readCallPropensity(db: Db, input: CallPropensityInput): Promise<CallPropensityReportType> {
  check(input);
  const query: CallPropensityQuery = {
    ...input,
    exposures: input.exposures ?? { kinds: ["PAGE_VIEW"] },
    conversions: input.conversions ?? { kinds: ["CALL"] },
  };
  const credits = input.model ? groupBy(await findCredits(db, query), (row) => row.item) : null;
  const rows = await db.rows(CallPropensityRow, callPropensitySql(query));
  const all = rows.find((row) => row.item === null)!;
  return {
    rows: rows.filter((row) => row.item !== null).map((row) => toRow(row, { credits, splitBy: input.splitBy })),
    overallRate: all.exposures === 0 ? null : all.conversions / all.exposures,
  };
}

function check(input: CallPropensityInput): void {
  checkPeriod(input.period);
  checkTimeout(input.sessionTimeoutMinutes);
  checkFirst(input.first);
  checkBetween("withinMinutes", input.withinMinutes, { least: 1, most: MAX_WINDOW_MINUTES });
  checkBetween("minimumExposures", input.minimumExposures, { least: 1, most: 1_000_000_000 });
  if (input.splitBy && !input.model) {
    throw new AppError("BAD_INPUT", "`splitBy` splits the credit of a model: name a `model`, or leave it out.", [
      "splitBy",
    ]);
  }
}

async function findCredits(db: Db, query: CallPropensityQuery): Promise<CallCreditRow[]> {
  const model = query.model!;
  const credit: CreditQuery = {
    ...query,
    touches: query.exposures,
    measure: "COUNT",
    container: "SESSION",
    touchDedup: "NONE",
  };
  const creditRule = creditRuleOf(model);
  if (creditRule) return db.rows(CallCreditRow, callCreditSql(credit, creditRule));
  const journeys = await db.rows(JourneyRow, journeysSql(credit));
  return learnedCredits(model.kind === "MARKOV" ? "MARKOV" : "ALGORITHMIC", journeys).flatMap(({ item, split }) =>
    split.map((part) => ({ item, split: part.value, credit: part.credit })),
  );
}

interface Credits {
  credits: Map<string, CallCreditRow[]> | null;
  splitBy: CallPropensityInput["splitBy"];
}

function toRow(row: CallPropensityRow, { credits, splitBy }: Credits): CallPropensityRowType {
  const { exposures, conversions, cost } = row;
  const parts = credits?.get(row.item!) ?? [];
  return {
    item: row.item!,
    exposures,
    conversions,
    rate: conversions / exposures,
    ...wilson(conversions, exposures),
    credit: credits && parts.reduce((sum, part) => sum + part.credit, 0),
    cost,
    split: splitBy ? parts.map((part) => ({ value: part.split, credit: part.credit })) : [],
  };
}

/** Wilson's interval for a rate, which stays within 0 and 1 and is honest about few exposures. */
function wilson(successes: number, trials: number): { rateLow: number; rateHigh: number } {
  const rate = successes / trials;
  const middle = rate + Z ** 2 / (2 * trials);
  const spread = Z * Math.sqrt((rate * (1 - rate)) / trials + Z ** 2 / (4 * trials ** 2));
  const scale = 1 + Z ** 2 / trials;
  return { rateLow: Math.max(0, (middle - spread) / scale), rateHigh: Math.min(1, (middle + spread) / scale) };
}
