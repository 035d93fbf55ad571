import type { Db } from "../../db/client.ts";
import { AppError } from "../../kit/errors.ts";
import { checkBetween, checkCurrency, checkFirst, checkPeriod, checkTimeout, MAX_WINDOW_MINUTES } from "../check.ts";
import type { CreditQuery } from "../credit.sql.ts";
import { type CreditRule, creditRuleOf } from "../credit-rule.ts";
import { saysWhatBrought } from "../dimension.sql.ts";
import { JourneyRow, journeysSql } from "../journeys.sql.ts";
import { type ItemCredit, learnedCredits } from "../learned.ts";
import type { AttributionModelInput } from "../model.type.ts";
import { AttributionLine, attributionSql } from "./attribution.sql.ts";
import {
  type AttributionInput,
  type AttributionModelResultType,
  type AttributionReportType,
  NO_TOUCH_REASONS,
  type UnattributedType,
} from "./attribution.type.ts";

/** Models in one question: each once, with room for none of them twice by mistake. */
const MAX_MODELS = 12;

/** Which touches led to the conversions of the period, by each model, and what could not be attributed. */
export async function readAttribution(db: Db, input: AttributionInput): Promise<AttributionReportType> {
  check(input);
  const query = queryOf(input);
  const creditRules = input.models.map(creditRuleOf);
  const lines = await db.rows(AttributionLine, attributionSql(query, creditRules.filter(isPlain), input.first));
  const journeys = creditRules.includes(null) ? await db.rows(JourneyRow, journeysSql(query)) : [];
  const total = lines.find((line) => line.part === "TOTAL")!;
  const context = { lines, journeys, total: total.credit, first: input.first, isSplit: input.splitBy != null };
  return {
    models: input.models.map((model, i) => {
      const place = creditRules.slice(0, i + 1).filter(isPlain).length;
      return creditRules[i] === null ? learnedResult(model, context) : plainResult(model, place, context);
    }),
    conversions: total.conversions,
    total: total.credit,
    otherCurrencies: total.rest,
  };
}

function check(input: AttributionInput): void {
  checkPeriod(input.period);
  checkTimeout(input.sessionTimeoutMinutes);
  checkFirst(input.first);
  checkCurrency(input);
  if (input.lookbackMinutes != null) {
    checkBetween("lookbackMinutes", input.lookbackMinutes, { least: 1, most: MAX_WINDOW_MINUTES });
  }
  if (input.models.length === 0 || input.models.length > MAX_MODELS) {
    throw new AppError("BAD_INPUT", `Name 1 to ${MAX_MODELS} \`models\` to compare.`, ["models"]);
  }
}

function queryOf(input: AttributionInput): CreditQuery {
  return {
    ...input,
    conversions: input.conversions ?? { kinds: ["CALL"] },
    touches: input.touches ?? { kinds: saysWhatBrought(input.dimension) ? ["PAGE_VIEW", "CALL"] : ["PAGE_VIEW"] },
  };
}

function isPlain(creditRule: CreditRule | null): creditRule is CreditRule {
  return creditRule !== null;
}

interface Context {
  lines: readonly AttributionLine[];
  journeys: readonly JourneyRow[];
  total: number;
  first: number;
  isSplit: boolean;
}

/** The answer of a model that PostgreSQL has added up; `place` is its number among those. */
function plainResult({ kind }: AttributionModelInput, place: number, context: Context): AttributionModelResultType {
  const { lines } = context;
  const rows = lines
    .filter((line) => line.part === "ROW" && line.model === place)
    .map((line) => ({ ...line, item: line.name!, split: line.split ?? [] }));
  const model = lines.find((line) => line.part === "MODEL" && line.model === place);
  const touched = lines.find((line) => line.part === "TOUCHED")!.credit;
  const credited = model?.credit ?? 0;
  // What has touches, but none on the conversion itself, is out of reach for SAME_TOUCH alone.
  const outOfReach = kind === "SAME_TOUCH" ? touched - credited : 0;
  return {
    kind,
    rows: rows.map((row) => toRow(row, context)),
    attributed: kind === "PARTICIPATION" ? touched : credited,
    otherRows: model?.rest ?? 0,
    unattributed: unattributedOf(lines, outOfReach),
  };
}

/** The answer of a model that has to see every journey before it can weigh one. */
function learnedResult({ kind }: AttributionModelInput, context: Context): AttributionModelResultType {
  const credits = learnedCredits(kind === "MARKOV" ? "MARKOV" : "ALGORITHMIC", context.journeys);
  const sumOf = (items: readonly ItemCredit[]) => items.reduce((sum, { credit }) => sum + credit, 0);
  return {
    kind,
    rows: credits.slice(0, context.first).map((credit) => toRow(credit, context)),
    attributed: sumOf(credits),
    otherRows: sumOf(credits.slice(context.first)),
    unattributed: unattributedOf(context.lines, 0),
  };
}

function toRow({ item, section, credit, conversions, split }: ItemCredit, { total, isSplit }: Context) {
  const share = total === 0 ? null : credit / total;
  return { item, section, credit, share, conversions, split: isSplit ? split : [] };
}

function unattributedOf(lines: readonly AttributionLine[], outOfReach: number): UnattributedType {
  const byReason = NO_TOUCH_REASONS.map((reason) => {
    const value = lines.find((line) => line.part === "REASON" && line.name === reason)?.credit ?? 0;
    return { reason, value: reason === "NO_TOUCH_IN_WINDOW" ? value + outOfReach : value };
  });
  return { total: byReason.reduce((sum, { value }) => sum + value, 0), byReason };
}
