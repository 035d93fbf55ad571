import type { Db } from "../db/client.ts";
import type { Rules } from "../facts/rules.ts";
import { moveRows, type Reassignment, saveAssignments } from "./assignments.repository.ts";
import { saveConflicts } from "./conflicts.repository.ts";
import { listCrowds, settleCrowds } from "./crowds.ts";
import { type Plan, planRestitch, type Restitching } from "./plan-restitch.ts";
import { findHeavyCarriers, markPublic } from "./public.repository.ts";

/** The most rows that one carrier may move online: at 8 µs a row, the lock is held for two seconds at most. */
const MOST_MOVED = 200_000;

/** Resolves the evidence again and moves the rows whose owner changes. Needs the stitching lock. */
export async function restitch(db: Db, change: Restitching, rules: Rules, mostMoved = MOST_MOVED): Promise<Plan> {
  const restitching = { ...change, turned: await settleCrowds(db, change) };
  let plan = await planRestitch(db, restitching, rules);
  const heavy = await findHeavyCarriers(
    db,
    withRows(plan, restitching).map(({ subjectId }) => subjectId),
    mostMoved,
  );
  const publicCarriers = heavy.filter((id) => !plan.publicOnes.has(id));
  if (publicCarriers.length > 0) {
    await markPublic(db, publicCarriers);
    plan = await planRestitch(db, restitching, rules);
  }
  await Promise.all([
    saveAssignments(db, plan.changes),
    moveRows(db, withRows(plan, restitching)),
    saveConflicts(db, plan.conflicts, plan.judged),
  ]);
  await listCrowds(db, restitching, plan.judged);
  return plan;
}

/** The changes of subjects that have stored rows. */
function withRows({ changes }: Plan, { newborn }: Restitching): Reassignment[] {
  return changes.filter(({ subjectId }) => !newborn?.has(subjectId));
}
