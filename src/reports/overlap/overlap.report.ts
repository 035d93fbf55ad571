import { audiencePlanOf } from "../../journeys/audience.ts";
import type { BehindPage } from "../../journeys/behind.ts";
import type { Dictionaries } from "../../journeys/dictionary.ts";
import type { Journeys } from "../../journeys/journeys.ts";
import { matcherPlanOf } from "../../journeys/matcher.ts";
import { cutPlanOf } from "../../journeys/sender-sessions.ts";
import { AppError } from "../../kit/errors.ts";
import { checkPeriod, checkTimeout } from "../check.ts";
import { knownTo } from "../known.ts";
import { findBehind } from "../people.ts";
import type { PeopleReportType } from "../people.type.ts";
import { overlapBehind, overlapCellOf } from "./cell.ts";
import type { OverlapPeopleInput } from "./cell.type.ts";
import { type OverlapPlan, overlapFold } from "./overlap.fold.ts";
import type { OverlapInput, OverlapPairType, OverlapReportType } from "./overlap.type.ts";

/** Sets of one diagram: six make 63 regions, and nobody reads more. */
const MAX_SETS = 6;

/** How many customers, or sessions, are in each combination of sets. */
export async function readOverlap(journeys: Journeys, input: OverlapInput): Promise<OverlapReportType> {
  return asked(journeys, input).answer(async (version) => {
    const { identified, unidentified } = await version.fold(overlapFold, planOf(version.dictionary, input));
    const names = input.sets.map((set) => set.name);
    const masks = Array.from({ length: 2 ** names.length - 1 }, (_, i) => i + 1);
    const inAll = (sets: number) => sumOf(masks, (mask) => ((mask & sets) === sets ? identified[mask]! : 0));
    return {
      sets: names.map((name, i) => ({ name, count: inAll(1 << i) })),
      regions: masks.map((mask) => ({
        sets: names.filter((_, i) => mask & (1 << i)),
        count: identified[mask]!,
      })),
      union: sumOf(masks, (mask) => identified[mask]!),
      pairs: names.flatMap((a, i) =>
        names.slice(i + 1).map((b, j) => pairOf(a, b, { both: (1 << i) | (1 << (i + 1 + j)), inAll })),
      ),
      unidentified: sumOf(masks, (mask) => unidentified[mask]!),
    };
  });
}

/** Who is behind one of its cells. */
export async function findOverlapPeople(
  journeys: Journeys,
  { report, cell }: OverlapPeopleInput,
  page: BehindPage,
): Promise<PeopleReportType> {
  return asked(journeys, report).answer((version) => {
    const plan = planOf(version.dictionary, report);
    return findBehind(version, { behind: overlapBehind, plan, cell: overlapCellOf(report, cell) }, page);
  });
}

function asked(journeys: Journeys, input: OverlapInput) {
  check(input);
  return knownTo(input, journeys);
}

function planOf(dictionary: Dictionaries, input: OverlapInput): OverlapPlan {
  const { period, sets, container, sessionTimeoutMinutes, audience } = input;
  const until = period.to.getTime();
  return {
    from: period.from.getTime(),
    until,
    sets: sets.map(({ matcher }) => matcherPlanOf({ dictionary, until }, matcher)),
    ...cutPlanOf(container, sessionTimeoutMinutes),
    audience: audiencePlanOf(dictionary, audience, period),
  };
}

function check({ period, sets, sessionTimeoutMinutes }: OverlapInput): void {
  checkPeriod(period);
  checkTimeout(sessionTimeoutMinutes);
  if (sets.length < 2 || sets.length > MAX_SETS) {
    throw new AppError("BAD_INPUT", `An overlap compares 2 to ${MAX_SETS} sets.`, ["sets"]);
  }
  const names = sets.map((set) => set.name);
  if (new Set(names).size < names.length || names.includes("")) {
    throw new AppError("BAD_INPUT", "Give each set a name of its own.", ["sets"]);
  }
}

function pairOf(
  a: string,
  b: string,
  { both, inAll }: { both: number; inAll: (mask: number) => number },
): OverlapPairType {
  const low = both & -both;
  const [left, right, shared] = [inAll(low), inAll(both - low), inAll(both)];
  return {
    a,
    b,
    both: shared,
    jaccard: share(shared, left + right - shared),
    containment: share(shared, Math.min(left, right)),
  };
}

function share(part: number, whole: number): number | null {
  return whole === 0 ? null : part / whole;
}

function sumOf(masks: readonly number[], countOf: (mask: number) => number): number {
  return masks.reduce((sum, mask) => sum + countOf(mask), 0);
}
