import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, expect, inject, test } from "vitest";
import { insertAuditLog } from "../../src/audit/audit.repository.ts";
import { keepHead } from "../../src/audit/seal-head.ts";
import { checkAudit, sealAudit } from "../../src/audit/seals.repository.ts";
import { sql } from "../../src/db/sql.ts";
import { retainingOf } from "../../src/housekeeping.ts";
import { previewRetention, retain } from "../../src/ingest/forgetting/retain.ts";
import { COMMAND_LINE } from "../../src/kit/actor.ts";
import { openLog } from "../../src/kit/log.ts";
import { rulesWith } from "../identity/histories.ts";
import { useDatabase } from "../kit/database.ts";
import { TEST_KEYS } from "../kit/ingest.ts";

// The audit under its seals: five rows of two days, sealed in two rounds.

const house = useDatabase();
const KEY = Buffer.alloc(32, 7);
const log = openLog("silent");
let headFile = "";
const sealAll = () => sealAudit(house.db, { key: KEY, log, headFile });
const check = () => checkAudit(house.db, { key: KEY, headFile });

const looks = (times: readonly string[]) =>
  insertAuditLog(
    house.db,
    times.map((at) => ({
      at: new Date(at),
      by: { id: "key:1", name: "desk" },
      action: "customer.read",
      customerId: null,
    })),
  );

beforeEach(async () => {
  headFile = join(inject("directory"), `audit-${randomUUID()}.head`);
  await looks(["2026-11-29T23:59:59.999Z", "2026-11-30T00:00:00Z", "2026-11-30T09:00:00Z"]);
  expect(await sealAll()).toBe(3);
  await looks(["2026-11-30T09:00:01Z", "2026-11-29T12:00:00Z"]);
  expect(await sealAll()).toBe(2);
});

test("holds while nothing is deleted or changed, and sealing again seals nothing", async () => {
  await looks(["2026-11-30T10:00:00Z"]);

  expect(await check()).toEqual({ seals: 4, rows: 5, unsealed: 1, faults: [] });
  expect(await sealAll()).toBe(1);
  expect(await sealAll()).toBe(0);
});

test.each([
  ["a row that was deleted", sql`delete from audit where at = '2026-11-30T09:00:00Z'`, [2]],
  ["a row that was changed", sql`update audit set actor = 'another' where at = '2026-11-30T09:00:01Z'`, [4]],
  [
    "a row that was moved to another day",
    sql`update audit set at = '2026-11-28' where at = '2026-11-29T12:00:00Z'`,
    [3],
  ],
  ["a row that was put in", sql`update audit set seal = 1 where at = '2026-11-30T00:00:00Z'`, [1, 2]],
  ["a day that was deleted with its seal", sql`delete from audit_seals where seq = 2`, [3]],
  [
    "a seal that was made with another key",
    sql`update audit_seals set hash = decode(repeat('00', 32), 'hex') where seq = 1`,
    [1, 2],
  ],
])("shows %s", async (_, change, seals) => {
  await house.db.run(change);

  const { faults } = await check();

  expect(faults.map(({ seq }) => seq)).toEqual(seals);
});

test("shows the last seals that were deleted with their rows, and goes on showing them", async () => {
  await house.db.run(sql`delete from audit where seal >= 3`);
  await house.db.run(sql`delete from audit_seals where seq >= 3`);

  const alone = await checkAudit(house.db, { key: KEY, headFile: null });
  const found = await check();
  await looks(["2026-11-30T10:00:00Z", "2026-12-01T10:00:00Z", "2026-12-02T10:00:00Z"]);
  await sealAll();
  const later = await check();

  expect(alone.faults).toEqual([]);
  expect(found.faults).toMatchObject([{ seq: 4, fault: expect.stringContaining("deleted") }]);
  expect(later).toMatchObject({ seals: 5, faults: [{ seq: 4 }] });
});

test("the file has the last seal alone while nothing is missed, and another server's older one changes nothing", async () => {
  await looks(["2026-11-30T10:00:00Z"]);
  await sealAll();
  const lines = readFileSync(headFile, "utf8");

  keepHead(headFile, { seq: 4, hash: "00" }, false);

  expect(lines).toMatch(/^5 [0-9a-f]{64}\n$/);
  expect(readFileSync(headFile, "utf8")).toBe(lines);
  expect((await check()).faults).toEqual([]);
});

test("days that retention let go of are proven gone by it, and what is held stays", async () => {
  const now = new Date("2026-12-02T00:00:00Z");
  const held = randomUUID();
  await insertAuditLog(house.db, [
    { at: new Date("2026-11-28T09:00:00Z"), by: COMMAND_LINE, action: "customer.read", customerId: held },
  ]);
  await sealAll();
  await house.db.orm.retentionRule.create({ data: { kind: "AUDIT", days: 2, source: "" } });
  const hold = { customerId: held, reason: "a case", by: "law", at: now };
  await house.db.orm.legalHold.create({ data: { id: held, ...hold } });
  const retaining = retainingOf({ rules: () => rulesWith(), keyring: { ...TEST_KEYS, identityKey: KEY } });

  const due = await previewRetention(house.db, now);
  const went = await retain(house.db, now, retaining);
  const after = await check();
  await looks(["2026-12-02T10:00:00Z"]);
  await sealAll();

  expect([due[0]!.due, went]).toEqual([2, { AUDIT: 2 }]);
  expect(after).toEqual({ seals: 5, rows: 4, unsealed: 0, faults: [] });
  expect((await check()).faults).toEqual([]);
  expect(await retain(house.db, now, retaining)).toEqual({ AUDIT: 0 });

  await house.db.run(sql`delete from audit where seal = 2`);
  await house.db.run(sql`update audit_seals set gone = (select gone from audit_seals where seq = 1) where seq = 2`);
  await house.db.run(sql`update audit set seal = 1 where id = (select id from audit where seal = 4)`);
  expect((await check()).faults.map(({ seq, fault }) => [seq, fault])).toEqual([
    [1, "1 rows are there that are said to be gone"],
    [2, "its rows were deleted, and not by retention"],
    [4, "0 of 1 rows are there"],
  ]);
});
