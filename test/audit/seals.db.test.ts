import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, expect, inject, test } from "vitest";
import { insertAuditLog } from "../../src/audit/audit.repository.ts";
import { keepHead } from "../../src/audit/seal-head.ts";
import { checkAudit, sealAudit } from "../../src/audit/seals.repository.ts";
import { sql } from "../../src/db/sql.ts";
import { openLog } from "../../src/kit/log.ts";
import { useDatabase } from "../kit/database.ts";

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
