import type { Db } from "../../db/client.ts";
import { type Rules, settingsOf } from "../../facts/rules.ts";
import { recordInteractions } from "../../identity/changes.repository.ts";
import { type Loosened, loosen } from "./contacts.ts";
import { cut, type PauseOf } from "./cut.ts";
import {
  type CutTouchpoint,
  findCutAfter,
  findCutVisitsOf,
  findLeft,
  findVisitsAt,
  lockSubjects,
  moveTouchpoints,
  removeCutVisits,
  saveVisitIds,
  type VisitSpan,
  type VisitsWithin,
} from "./cut-visits.repository.ts";
import type { OwnedTouchpoint } from "./touchpoints.repository.ts";
import { mergedVisit, together, type Visit, visitOf } from "./visit.ts";
import { growVisits, type VisitRow } from "./visits.repository.ts";

/** What visits are made with. */
export interface VisitContext {
  batchId: string | null;
  rules: Rules;
  /** Takes what contacts may have changed by. */
  loosened: Loosened;
}

/** The visit of each touchpoint, by its id. */
export type VisitIds = ReadonlyMap<string, string>;

/** Makes or widens the visits of touchpoints that are about to be stored; answers where each of them belongs. */
export async function placeTouchpoints(
  db: Db,
  rows: readonly OwnedTouchpoint[],
  context: VisitContext,
): Promise<VisitIds> {
  const visits = await placeParts(db, rows.map(visitOf), context);
  return new Map(rows.map(({ fact }, i) => [fact.id, visits[i]!]));
}

/** The same of touchpoints as visits of their own; answers the visit of each. */
export async function placeParts(db: Db, parts: readonly Visit[], context: VisitContext): Promise<string[]> {
  const [named, parted] = [parts.filter(isNamed), parts.filter((part) => !isNamed(part))];
  const [, visits] = await Promise.all([grow(db, named, context), joinVisits(db, parted, context)]);
  return parts.map(({ id }) => visits.get(id) ?? id);
}

/** Widens these visits by what is known of each. */
export async function grow(db: Db, parts: readonly Visit[], { batchId, loosened }: VisitContext): Promise<void> {
  // One by one: what a withdrawal moves is more than a function takes as arguments.
  for (const tied of await growVisits(db, together(parts), batchId)) loosened.rows.push(tied);
}

const isNamed = ({ sessionId }: Visit) => sessionId !== null;

/**
 * Joins what is new with the stored visits around it, and stores the visits that come out; answers the visit of each part.
 * The touchpoints of a visit that another takes in go with it, and whatever counted them as its own is told.
 */
async function joinVisits(db: Db, parts: readonly Visit[], context: VisitContext): Promise<Map<string, string>> {
  if (parts.length === 0) return new Map();
  const pauseOf = pausesOf(context.rules);
  await lockSubjects(
    db,
    parts.map(({ subjectId }) => subjectId),
  );
  const near = await findVisitsAt(db, cut(parts, pauseOf).map(stretchOf(pauseOf)));
  const stored = new Set<Visit>(near);
  const visits = cut<Visit>([...parts, ...near], pauseOf).filter((visit) => visit.some((part) => !stored.has(part)));
  const left = visits.flatMap(([first, ...others]) =>
    others.filter((part) => stored.has(part)).map((part) => ({ gone: part, into: first!.id })),
  );
  await takeIn(db, left, context);
  await grow(
    db,
    visits.map((visit) => visit.reduce(mergedVisit)),
    context,
  );
  return new Map(visits.flatMap((visit) => visit.map((part) => [part.id, visit[0]!.id] as const)));
}

async function takeIn(
  db: Db,
  left: readonly { gone: Visit; into: string }[],
  { loosened }: VisitContext,
): Promise<void> {
  if (left.length === 0) return;
  const gone = left.map((one) => one.gone);
  const into = left.map((one) => one.into);
  const [removed] = await Promise.all([
    removeCutVisits(db, gone),
    moveTouchpoints(db, gone, into),
    recordInteractions(db, gone),
  ]);
  loosen(loosened, tiesOf(removed));
}

const tiesOf = (visits: readonly Visit[]) => visits.map(({ id, contactKeys }) => ({ id, keys: contactKeys }));

function pausesOf(rules: Rules): PauseOf {
  return (source) => settingsOf(rules, source).visitTimeoutMinutes * 60_000;
}

/** All that a visit may touch: its own time, and a pause to both sides. */
const stretchOf =
  (pauseOf: PauseOf) =>
  (visit: readonly Visit[]): VisitSpan => {
    const { subjectId, source, from } = visit[0]!;
    const to = Math.max(...visit.map((part) => part.to.getTime()));
    const pause = pauseOf(source);
    return { subjectId, source, from: new Date(from.getTime() - pause), to: new Date(to + pause) };
  };

/** Takes visits apart that lost a touchpoint, as far as pauses bound them; answers what is left of them, to be placed again. */
export async function dissolveVisits(
  db: Db,
  visits: readonly VisitRow[],
  { loosened }: VisitContext,
): Promise<CutTouchpoint[]> {
  const removed = await removeCutVisits(db, visits);
  if (removed.length === 0) return [];
  loosen(loosened, tiesOf(removed));
  await recordInteractions(db, removed);
  return findLeft(db, removed);
}

/** Finds stored touchpoints their visits, which are gone. */
export async function replaceTouchpoints(db: Db, left: readonly CutTouchpoint[], context: VisitContext): Promise<void> {
  if (left.length === 0) return;
  const visits = await joinVisits(db, left, context);
  await saveVisitIds(
    db,
    left
      .map((part) => ({ ...part, wasOf: part.visitId, visitId: visits.get(part.id)! }))
      .filter(({ wasOf, visitId }) => visitId !== wasOf),
  );
  await recordInteractions(db, left);
}

/** Subjects whose visits are looked at together: their touchpoints are in memory then. */
const SUBJECTS = 1_000;

/** Cuts every visit anew, or those of whoever did something in a stretch; answers how many stood wrong. */
export async function cutAllVisits(db: Db, context: VisitContext, within?: VisitsWithin): Promise<number> {
  let wrong = 0;
  let last: string | null = null;
  for (;;) {
    const all: CutTouchpoint[] = await findCutAfter(db, last, { most: SUBJECTS, within });
    if (all.length === 0) return wrong;
    last = all.at(-1)!.subjectId;
    wrong += await cutAnew(db, all, context);
  }
}

async function cutAnew(db: Db, all: readonly CutTouchpoint[], context: VisitContext): Promise<number> {
  const stored = await findCutVisitsOf(db, [...new Set(all.map(({ subjectId }) => subjectId))]);
  const known = new Set(stored.map(({ id }) => id));
  const visits = cut(all, pausesOf(context.rules));
  const astray = visits.filter(([first, ...others]) => {
    return !known.has(first!.id) || [first!, ...others].some(({ visitId }) => visitId !== first!.id);
  });
  const right = new Set(visits.map(([first]) => first!.id));
  const needless = stored.filter(({ id }) => !right.has(id));
  if (astray.length + needless.length === 0) return 0;
  const subjects = new Set([...astray.flat(), ...needless].map(({ subjectId }) => subjectId));
  await dissolveVisits(
    db,
    stored.filter(({ subjectId }) => subjects.has(subjectId)),
    context,
  );
  await replaceTouchpoints(
    db,
    all.filter(({ subjectId }) => subjects.has(subjectId)),
    context,
  );
  return astray.length + needless.length;
}
