import type { Database } from "../../db/client.ts";
import { lockStitching } from "../../identity/evidence.repository.ts";
import { erase } from "./erase.ts";
import type { Retaining } from "./retain.ts";
import {
  type ArchivedTouchpoint,
  beginRun,
  type Due,
  findDueArchived,
  findDueRules,
  OF_ARCHIVE,
  saveRun,
} from "./retention.repository.ts";

/** A month of the archive, and its touchpoints, some thousand at once. */
interface ArchivedMonth {
  startsAt: Date;
  rows(): AsyncIterable<ArchivedTouchpoint[]>;
}

/**
 * Lets go of touchpoints in the archive that rules keep no longer: what they left in the database goes as if they had never
 * come, and their files are stale. Answers how many.
 */
export async function retainArchived(
  database: Database,
  months: readonly ArchivedMonth[],
  { now, ...retaining }: Retaining & { now: Date },
): Promise<number> {
  const rules = (await findDueRules(database, now)).filter(({ kind }) => kind === "TOUCHPOINTS");
  let went = 0;
  for (const rule of rules) {
    const due = months.filter(({ startsAt }) => startsAt < rule.before);
    for (const month of due) went += await letGo(database, month, { rule, retaining, now });
  }
  return went;
}

async function letGo(
  database: Database,
  month: ArchivedMonth,
  { rule, retaining, now }: { rule: Due; retaining: Retaining; now: Date },
): Promise<number> {
  let run: string | null = null;
  let went = 0;
  for await (const rows of month.rows()) {
    const due = await findDueArchived(database, rule, rows);
    if (due.size === 0) continue;
    // Said before the first goes, as retention of what is in the database does.
    if (run === null) {
      run = await beginRun(database, now, { [OF_ARCHIVE]: 0 });
      await saveRun(database, run, { gone: { [OF_ARCHIVE]: 0 }, wholeSince: rule.before });
    }
    await eraseSome(
      database,
      rows.filter(({ id }) => due.has(id)),
      { rule, retaining },
    );
    went += due.size;
  }
  if (run !== null) {
    await saveRun(database, run, { gone: { [OF_ARCHIVE]: went }, wholeSince: rule.before, endedAt: new Date() });
  }
  return went;
}

async function eraseSome(
  database: Database,
  rows: readonly ArchivedTouchpoint[],
  { rule, retaining: { rules, rejectionKey } }: { rule: Due; retaining: Retaining },
): Promise<void> {
  const visits = rows.map(({ subjectId, interactionId }) => ({ subjectId, id: interactionId }));
  const records = rows.map(({ id }) => id);
  await database.longTransaction(async (tx) => {
    await lockStitching(tx);
    const doomed = { identities: [], records, customers: [], visits: { of: visits, endedBefore: rule.before } };
    await erase(tx, doomed, { rules: rules(), rejectionKey });
  });
}
