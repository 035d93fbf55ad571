import type { BehindPage } from "../../journeys/behind.ts";
import type { Journeys } from "../../journeys/journeys.ts";
import { AppError } from "../../kit/errors.ts";
import { attributedIn, ruleNumberOf } from "../attributed.ts";
import { checkBetween, checkCurrency, checkFirst, checkPeriod, checkTimeout, MAX_WINDOW_MINUTES } from "../check.ts";
import type { CreditTally } from "../credit.fold.ts";
import { creditBehind } from "../credit-cell.ts";
import type { CreditQuery } from "../credit-plan.ts";
import type { Dimension } from "../filter.type.ts";
import { knownTo } from "../known.ts";
import type { ItemCredit } from "../learned.ts";
import { lookBackOf } from "../look-back.ts";
import type { AttributionKind } from "../model.type.ts";
import { findBehind } from "../people.ts";
import type { PeopleReportType } from "../people.type.ts";
import { sectionsOf } from "../sections.ts";
import {
  type AttributionInput,
  type AttributionModelResultType,
  type AttributionReportType,
  type AttributionRowType,
  NO_TOUCH_REASONS,
  type UnattributedType,
} from "./attribution.type.ts";
import { attributionCellOf } from "./cell.ts";
import type { AttributionPeopleInput } from "./cell.type.ts";

/** Models in one question: each once, with room for none of them twice by mistake. */
const MAX_MODELS = 12;

/** Which touches led to the conversions of the period, by each model, and what could not be attributed. */
export async function readAttribution(journeys: Journeys, input: AttributionInput): Promise<AttributionReportType> {
  return asked(journeys, input).answer(async (version) => {
    const attributed = await attributedIn(version, queryOf(input), input.models);
    const { tally } = attributed;
    const results = await Promise.all(
      input.models.map(async ({ kind }, i) => {
        const credits = await attributed.creditsOf(i);
        const total =
          attributed.rules[i] === null ? sumOf(credits) : tally.attributed[ruleNumberOf(attributed.rules, i)]!;
        return resultOf(kind, { credits, attributed: total }, { tally, input });
      }),
    );
    const shown = results.flatMap(({ rows }) => rows.map(({ item }) => item));
    const sections =
      input.facets || input.attribute
        ? new Map<string, string | null>()
        : await sectionsOf(version, input.carried?.dimension ?? input.dimension, shown);
    for (const row of results.flatMap(({ rows }) => rows)) row.section = sections.get(row.item) ?? null;
    return {
      models: results,
      conversions: tally.conversions,
      total: tally.total,
      otherCurrencies: tally.otherCurrencies,
    };
  });
}

/** Who is behind one of its cells. */
export async function findAttributionPeople(
  journeys: Journeys,
  { report, cell }: AttributionPeopleInput,
  page: BehindPage,
): Promise<PeopleReportType> {
  return asked(journeys, report).answer(async (version) => {
    const attributed = await attributedIn(version, queryOf(report), report.models);
    const found = await attributionCellOf(version, { input: report, attributed }, cell);
    return findBehind(version, { behind: creditBehind, plan: attributed.plan, cell: found }, page);
  });
}

function asked(journeys: Journeys, input: AttributionInput) {
  check(input);
  // A session of its sender's may have begun at any time.
  const isSenders = input.container === "SENDER_SESSION";
  return knownTo(input, journeys, lookBackOf(isSenders ? null : input.lookbackMinutes));
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

/** A call may carry what brought the visitor as a page view does. */
const BROUGHT: readonly Dimension[] = ["CAMPAIGN", "MEDIUM", "REFERRER", "LANDING_PAGE"];

function queryOf(input: AttributionInput): CreditQuery {
  return {
    ...input,
    conversions: input.conversions ?? { kinds: ["CALL"] },
    touches: input.touches ?? { kinds: BROUGHT.includes(input.dimension) ? ["PAGE_VIEW", "CALL"] : ["PAGE_VIEW"] },
  };
}

interface Asked {
  tally: CreditTally;
  input: AttributionInput;
}

function resultOf(
  kind: AttributionKind,
  { credits, attributed }: { credits: readonly ItemCredit[]; attributed: number },
  { tally, input }: Asked,
): AttributionModelResultType {
  // What has touches, but none on the conversion itself, is out of reach for SAME_TOUCH alone.
  const outOfReach = kind === "SAME_TOUCH" ? tally.touched - attributed : 0;
  return {
    kind,
    rows: credits.slice(0, input.first).map((credit) => toRow(credit, { tally, input })),
    attributed,
    otherRows: sumOf(credits.slice(input.first)),
    unattributed: unattributedOf(tally, outOfReach),
  };
}

function sumOf(credits: readonly ItemCredit[]): number {
  return credits.reduce((sum, { credit }) => sum + credit, 0);
}

function toRow(
  { item, credit, conversions, split }: ItemCredit,
  { tally: { total }, input }: Asked,
): AttributionRowType {
  const share = total === 0 ? null : credit / total;
  return { item, section: null, credit, share, conversions, split: input.splitBy || input.splitByCarried ? split : [] };
}

function unattributedOf({ untouched }: CreditTally, outOfReach: number): UnattributedType {
  const byReason = NO_TOUCH_REASONS.map((reason) => ({
    reason,
    value: untouched[reason] + (reason === "NO_TOUCH_IN_WINDOW" ? outOfReach : 0),
  }));
  return { total: byReason.reduce((sum, { value }) => sum + value, 0), byReason };
}
