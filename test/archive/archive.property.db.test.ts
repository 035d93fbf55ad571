import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterEach, beforeEach, expect, test } from "vitest";
import { fileMonth } from "../../src/archive/file-month.ts";
import { readMonths } from "../../src/archive/folder.ts";
import { restoreMonth } from "../../src/archive/restore-month.ts";
import { readKeys } from "../../src/archive/rows.ts";
import { sql } from "../../src/db/sql.ts";
import { settingsOf } from "../../src/facts/rules.ts";
import { retainingOf } from "../../src/housekeeping.ts";
import { saveSource } from "../../src/identity/rules.repository.ts";
import { listArchivedMonths } from "../../src/ingest/archiving/months.repository.ts";
import { rebuildAll } from "../../src/ingest/correcting/rebuild.ts";
import { retain } from "../../src/ingest/forgetting/retain.ts";
import { retainArchived } from "../../src/ingest/forgetting/retain-archived.ts";
import { openIngest } from "../../src/ingest/ingest.ts";
import { openLog } from "../../src/kit/log.ts";
import { DAY_MS, MINUTE_MS } from "../../src/kit/time.ts";
import { BECAUSE, forgetterOf } from "../forgetting/forgetting.ts";
import { act, anything, perform, recordOf, START } from "../journeys/acts.ts";
import { spelled } from "../journeys/spelled.ts";
import { useDatabase } from "../kit/database.ts";
import { draws } from "../kit/draws.ts";
import { TEST_KEYS, useIngest } from "../kit/ingest.ts";
import { read } from "../kit/read.ts";
import { useJourneys, versionOf } from "../reports/kit/journeys.ts";

// What was archived and brought back is as if it had never been away. A month has some minutes here, so that visits, calls and
// contacts reach over its ends.

const house = useDatabase();
const ingest = useIngest(house);
const journeys = useJourneys(house);

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "archive-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** Two minutes without anything end a visit that the sender does not name. */
async function begin(): Promise<void> {
  await house.empty();
  await ingest.refresh();
  await saveSource(house.db, { ...settingsOf(ingest.rules(), "web"), visitTimeoutMinutes: 2 });
  await ingest.refresh();
}

const MONTH = "2026-10";
const minutes = (from: number, to: number) => ({
  month: MONTH,
  from: new Date(START + from * MINUTE_MS),
  to: new Date(START + to * MINUTE_MS),
});
const span = fc
  .tuple(fc.integer({ min: 0, max: 8 }), fc.integer({ min: 1, max: 10 }))
  .map(([from, length]) => minutes(from, from + length));

const file = (month: ReturnType<typeof minutes>) => fileMonth(house.db, { home: folder, month, now: new Date() });
const restore = () => restoreMonth(house.db, { folder, month: MONTH, rules: ingest.rules() });

/** All rows of the tables that follow from what was sent. */
const rows = async (where = sql`true`) =>
  (
    await read<{ line: string }>(
      house.db,
      sql`
        select 'touchpoint ' || to_jsonb(t)::text as line from touchpoints t where ${where}
        union all
        select 'interaction ' || to_jsonb(i)::text from interactions i
        union all
        select 'key ' || to_jsonb(k)::text from ingest_keys k
        union all
        select 'sighting ' || to_jsonb(s)::text from sightings s
        union all
        select 'assignment ' || to_jsonb(a)::text from assignments a
        union all
        select 'name ' || to_jsonb(n)::text from items n
        union all
        select 'history ' || to_jsonb(h)::text from history h
        order by 1
      `,
    )
  ).map(({ line }) => line);

test("a month leaves its touchpoints alone, nothing that is derived anew differs, and each of them comes back as it was", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(act, { minLength: 2, maxLength: 8 }), span, async (acts, month) => {
      await begin();
      for (const one of acts) await perform({ house, ingest }, one);
      await rebuildAll(house.db, ingest.rules(), false);
      const before = await rows();
      const others = await rows(sql`not (t.occurred_at >= ${month.from} and t.occurred_at < ${month.to})`);

      const filed = await file(month);
      expect(await rows()).toEqual(others);
      expect(filed.moved).toBe(before.length - others.length);
      expect(await rebuildAll(house.db, ingest.rules(), false)).toMatchObject(NOTHING_CHANGED);
      expect(await rows()).toEqual(others);

      expect(await restore()).toEqual({ month: MONTH, rows: filed.moved, leftOut: 0 });
      expect(await rows()).toEqual(before);
    }),
    draws(12),
  );
});
const NOTHING_CHANGED = {
  reassigned: 0,
  rowsMoved: 0,
  visitsCut: 0,
  visitsMeasured: 0,
  contactsTied: 0,
  callsRematched: 0,
};

const tells = fc.array(fc.array(anything, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 5 });

test("what comes meanwhile is refused where it is of the month, and all else reads as if the month had never been away", async () => {
  await fc.assert(
    fc.asyncProperty(tells, tells, span, async (first, then, month) => {
      await begin();
      for (const batch of first) await ingest.accept(batch.map(recordOf), { entryPoint: "test" });
      await file(month);
      const taken = [];
      for (const batch of then) {
        const receipts = await ingest.accept(batch.map(recordOf), { entryPoint: "test" });
        taken.push(batch.filter((_, i) => receipts[i]!.reason !== "ARCHIVED"));
      }
      await restore();
      const read = await reading();

      await begin();
      const anew = openIngest({ database: house.db, log: openLog("silent"), ...TEST_KEYS, rules: ingest.rules });
      for (const batch of [...first, ...taken]) await anew.accept(batch.map(recordOf), { entryPoint: "test" });
      await rebuildAll(house.db, ingest.rules(), false);
      expect(read).toEqual(await reading());
    }),
    draws(6),
  );
});

test("who is forgotten, and what retention lets go of, leaves the archive too, as if it had been in the database", async () => {
  await fc.assert(
    fc.asyncProperty(
      tells,
      span,
      fc.nat(),
      fc.option(fc.integer({ min: 1, max: 9 })),
      async (told, month, which, minute) => {
        const world = async () => {
          await house.empty();
          await ingest.refresh();
          const anew = openIngest({ database: house.db, log: openLog("silent"), ...TEST_KEYS, rules: ingest.rules });
          for (const batch of told) await anew.accept(batch.map(recordOf), { entryPoint: "test" });
        };
        const lose = () => (minute === null ? forgetSomebody(which) : letGo(minute));
        await world();
        await lose();
        const expected = await reading();

        await world();
        await file(month);
        await lose();
        const filed = await file(month);
        expect(await restore()).toEqual({ month: MONTH, rows: filed.rows, leftOut: 0 });
        expect(await reading()).toEqual(expected);
      },
    ),
    draws(8),
  );
});

/** Forgets whoever had the identity of this number at the beginning. */
async function forgetSomebody(which: number): Promise<void> {
  const owners = await read<{ id: string }>(
    house.db,
    sql`
      select coalesce(a.customer_id, i.customer_id) as id
      from identities i
      left join assignments a on a.subject_id = i.id and a.known_to = 'infinity'
        and ${new Date(START)} >= a.valid_from and ${new Date(START)} < a.valid_to
      order by i.namespace, i.value
    `,
  );
  await forgetterOf(house, ingest).forget({ customerId: owners[which % owners.length]!.id }, BECAUSE);
}

/** Lets go of touchpoints before a minute, in the database and in the archive. */
async function letGo(minute: number): Promise<void> {
  await house.db.orm.retentionRule.create({ data: { kind: "TOUCHPOINTS", source: "", days: 1 } });
  const now = new Date(START + minute * MINUTE_MS + DAY_MS);
  const retaining = retainingOf({ rules: ingest.rules, keyring: TEST_KEYS });
  await retain(house.db, now, retaining);
  const months = (await listArchivedMonths(house.db)).map(({ startsAt }) => ({
    startsAt,
    rows: () => readKeys(folder, readMonths(folder)[MONTH]!.touchpoints),
  }));
  await retainArchived(house.db, months, { now, ...retaining });
  await house.db.orm.retentionRule.deleteMany();
}

/** Every cell of what reports are made of, without ids that chance made and the numbers that follow from their order. */
async function reading() {
  const numbers = ["id0", "id1", "id2", "id3", "customer", "events", "legs", "visits", "interaction", "link", "row"];
  const places = Object.fromEntries(numbers.map((name) => [name, null]));
  const cells = spelled(await versionOf(journeys)) as Record<string, unknown>[];
  return cells.map((row) => JSON.stringify({ ...row, ...places })).sort();
}
