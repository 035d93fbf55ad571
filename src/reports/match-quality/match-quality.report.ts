import { MATCH_METHODS, MATCH_STATUSES, type MatchMethod, type MatchStatus } from "../../fields/choices.ts";
import type { BehindPage } from "../../journeys/behind.ts";
import type { Journeys, Version } from "../../journeys/journeys.ts";
import { meantWhere } from "../../journeys/tables.ts";
import { AppError } from "../../kit/errors.ts";
import { groupBy } from "../../kit/group.ts";
import { checkPeriod } from "../check.ts";
import { knownTo } from "../known.ts";
import { findBehind } from "../people.ts";
import type { PeopleReportType } from "../people.type.ts";
import { matchQualityBehind, matchQualityCellOf } from "./cell.ts";
import type { MatchQualityPeopleInput } from "./cell.type.ts";
import { cellOf, type MatchQualityPlan, type MatchQualityTally, matchQualityFold } from "./match-quality.fold.ts";
import type { MatchQualityInput, MatchQualityReportType, SourceMatchType } from "./match-quality.type.ts";
import { repeatsSurvey } from "./repeats.ts";
import { countSharedIdentities } from "./shared-identities.sql.ts";

/** How many calls were tied to the web, and how many touchpoints to somebody, before stitching and after. */
export async function readMatchQuality(journeys: Journeys, input: MatchQualityInput): Promise<MatchQualityReportType> {
  return asked(journeys, input).answerWith(
    (snapshot) => countSharedIdentities(snapshot, input),
    async (version, sharedIdentities) => {
      const tally = await version.fold(matchQualityFold, await planOf(version, input));
      const rows = countsOf(version, tally);
      const having = (status: MatchStatus) => sumOf(rows.filter((row) => row.status === status));
      return {
        calls: sumOf(rows),
        matched: having("MATCHED"),
        outOfSession: having("OUT_OF_SESSION"),
        offline: having("OFFLINE"),
        noIdentity: having("NO_IDENTITY"),
        unusable: having("UNUSABLE"),
        matchRate: rateOf(rows),
        byMethod: MATCH_METHODS.map((method) => ({
          method,
          count: sumOf(rows.filter((row) => row.status === "MATCHED" && row.method === method)),
        })),
        bySource: bySource(rows),
        identifiedBefore: share(tally.before, tally.touchpoints),
        identifiedAfter: share(tally.after, tally.touchpoints),
        sharedIdentities,
      };
    },
  );
}

/** Who is behind one of its cells. */
export async function findMatchPeople(
  journeys: Journeys,
  { report, cell }: MatchQualityPeopleInput,
  page: BehindPage,
): Promise<PeopleReportType> {
  return asked(journeys, report).answer(async (version) => {
    const plan = await planOf(version, report);
    const found = matchQualityCellOf(plan, cell, version.dictionary);
    return findBehind(version, { behind: matchQualityBehind, plan, cell: found }, page);
  });
}

function asked(journeys: Journeys, input: MatchQualityInput) {
  check(input);
  return knownTo(input, journeys);
}

async function planOf(version: Version, input: MatchQualityInput): Promise<MatchQualityPlan> {
  const { contacts, sources: known } = version.dictionary;
  const { period, sources } = input;
  const isAsked = (source: number) => sources == null || sources.includes(known.of(source)!);
  return {
    from: period.from.getTime(),
    to: period.to.getTime(),
    sources: meantWhere(known.size, isAsked),
    ...(await version.survey(repeatsSurvey, { contacts: contacts.size })),
  };
}

function check({ period, sources }: MatchQualityInput): void {
  checkPeriod(period);
  if (sources?.length === 0) {
    throw new AppError("BAD_INPUT", "An empty `sources` matches nothing: leave it out, or name at least one.", [
      "sources",
    ]);
  }
}

/** Calls of one source with the same answer. */
interface MatchCount {
  source: string;
  status: MatchStatus;
  method: MatchMethod | null;
  calls: number;
}

function countsOf({ dictionary: { sources } }: Version, tally: MatchQualityTally): MatchCount[] {
  return Array.from({ length: sources.size }, (_, source) =>
    MATCH_STATUSES.flatMap((status, statusCode) =>
      [...MATCH_METHODS, null].map((method, methodCode) => ({
        source: sources.of(source)!,
        status,
        method,
        calls: tally.calls[cellOf(source, statusCode, methodCode)]!,
      })),
    ),
  )
    .flat()
    .filter(({ calls }) => calls > 0);
}

function bySource(rows: readonly MatchCount[]): SourceMatchType[] {
  return [...groupBy(rows, (row) => row.source)]
    .map(([source, own]) => ({
      source,
      calls: sumOf(own),
      matched: sumOf(own.filter((row) => row.status === "MATCHED")),
      matchRate: rateOf(own),
    }))
    .sort((a, b) => b.calls - a.calls || (a.source < b.source ? -1 : 1));
}

function rateOf(rows: readonly MatchCount[]): number | null {
  const usable = rows.filter((row) => row.status !== "UNUSABLE");
  return share(sumOf(usable.filter((row) => row.status === "MATCHED")), sumOf(usable));
}

function sumOf(rows: readonly MatchCount[]): number {
  return rows.reduce((sum, row) => sum + row.calls, 0);
}

function share(part: number, whole: number): number | null {
  return whole === 0 ? null : part / whole;
}
