import { whileAlone } from "../../db/alone.ts";
import type { Database, Db } from "../../db/client.ts";
import { RetainedKind } from "../../db/generated/enums.ts";
import type { Rules } from "../../facts/rules.ts";
import { lockStitching } from "../../identity/evidence.repository.ts";
import { DAY_MS } from "../../kit/time.ts";
import { listArchivedMonths } from "../archiving/months.repository.ts";
import { erase } from "./erase.ts";
import {
  beginRun,
  countDue,
  type Due,
  deleteDue,
  deleteSealed,
  findDue,
  findDueRules,
  hasRunSince,
  listHolds,
  listRules,
  listRuns,
  type MarkGone,
  saveRun,
} from "./retention.repository.ts";

/** What rules may be about. */
export const RETAINED = RetainedKind;

export interface Retaining {
  rules(): Rules;
  rejectionKey: Uint8Array;
  markGone: MarkGone;
}

/** Records of one transaction, which holds the lock of stitching: a second or two. */
const RECORDS = 2_000;
const EVERY_MS = DAY_MS;

export interface DueOfRule {
  kind: Due["kind"];
  /** Empty: of all sources that have no rule of their own. */
  source: string;
  days: number;
  before: Date;
  /** What goes now. */
  due: number;
}

/** What a run would let go of now. */
export async function previewRetention(database: Database, now: Date): Promise<DueOfRule[]> {
  const rules = await findDueRules(database, now);
  return Promise.all(rules.map(async (rule) => ({ ...rule, due: await countDue(database, rule) })));
}

/** What a run would let go of now by one of the rules that `readRetention` answers. */
export function countDueNow(db: Db, rule: Pick<Due, "kind" | "days"> & { source: string | null }): Promise<number> {
  const before = new Date(Date.now() - rule.days * DAY_MS);
  return countDue(db, { ...rule, source: rule.source ?? "", before });
}

/** Runs once a day, in one of the processes that ask. */
export async function retainDaily(database: Database, now: Date, retaining: Retaining): Promise<void> {
  if ((await findDueRules(database, now)).length === 0) return;
  if (await hasRunSince(database, new Date(now.getTime() - EVERY_MS))) return;
  await retain(database, now, retaining);
}

/**
 * Lets go of what rules keep no longer and no legal hold keeps: records as if they had never come, some thousand a
 * transaction. Answers how much of each kind went; null while another process is at it.
 */
export async function retain(
  database: Database,
  now: Date,
  retaining: Retaining,
): Promise<Record<string, number> | null> {
  return whileAlone(database, "retention", () => run(database, now, retaining));
}

/** The rules and holds in force, the last runs, and the months that are in the archive or were. */
export async function readRetention(db: Db, most: number) {
  const [rules, holds, runs] = [await listRules(db), await listHolds(db), await listRuns(db, most)];
  const months = await listArchivedMonths(db);
  return {
    rules: rules.map((rule) => ({ ...rule, source: rule.source || null })),
    holds,
    runs: runs.map((one) => ({ ...one, gone: one.gone as Record<string, number> })),
    archive: months.map((month) => ({ ...month, isStale: month.staleAt !== null })),
  };
}

async function run(database: Database, now: Date, retaining: Retaining): Promise<Record<string, number>> {
  const id = await beginRun(database, now);
  const gone: Record<string, number> = {};
  const since: Since = {};
  try {
    for (const rule of await findDueRules(database, now)) {
      const said = SAID[rule.kind];
      // Said before the first goes: a run that is broken off has taken some.
      if (said && (await findDue(database, rule, 1)).length > 0) {
        since[said] = later(since[said], rule.before);
        await saveRun(database, id, { gone, ...since });
      }
      const went = await letGo(database, rule, retaining);
      gone[rule.kind] = (gone[rule.kind] ?? 0) + went;
    }
    await saveRun(database, id, { gone, ...since, endedAt: new Date() });
    return gone;
  } catch (error) {
    await saveRun(database, id, { gone, ...since, error: String((error as { code?: string }).code ?? "failed") });
    throw error;
  }
}

type Since = Partial<Record<"wholeSince" | "knownSince", Date>>;

/** What reports say of kinds that they are made of. */
const SAID: Partial<Record<Due["kind"], keyof Since>> = {
  TOUCHPOINTS: "wholeSince",
  INTERACTIONS: "wholeSince",
  HISTORY: "knownSince",
};

const later = (a: Date | undefined, b: Date): Date => (a && a > b ? a : b);

async function letGo(database: Database, rule: Due, retaining: Retaining): Promise<number> {
  switch (rule.kind) {
    case "TOUCHPOINTS":
    case "INTERACTIONS":
      return eraseDue(database, rule, retaining);
    case "AUDIT":
      return letSealsGo(database, rule, retaining);
    default:
      return deleteDue(database, rule);
  }
}

async function letSealsGo(database: Database, rule: Due, { markGone }: Retaining): Promise<number> {
  for (let went = 0; ; ) {
    const { rows, isMore } = await deleteSealed(database, rule, markGone);
    went += rows;
    if (!isMore) return went;
  }
}

async function eraseDue(database: Database, rule: Due, { rules, rejectionKey }: Retaining): Promise<number> {
  for (let went = 0; ; ) {
    const records = await database.longTransaction(async (tx) => {
      await lockStitching(tx);
      const due = await findDue(tx, rule, RECORDS);
      if (due.length > 0)
        await erase(tx, { identities: [], records: due, customers: [] }, { rules: rules(), rejectionKey });
      return due.length;
    });
    went += records;
    if (records < RECORDS) return went;
  }
}
