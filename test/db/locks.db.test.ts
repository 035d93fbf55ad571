import { expect, test } from "vitest";
import { insertAuditLog } from "../../src/audit/audit.repository.ts";
import { sealAudit } from "../../src/audit/seals.repository.ts";
import { whileAlone } from "../../src/db/alone.ts";
import { LOCKS } from "../../src/db/locks.ts";
import { COMMAND_LINE } from "../../src/kit/actor.ts";
import { openLog } from "../../src/kit/log.ts";
import { sourceFiles } from "../house/sources.ts";
import { useDatabase } from "../kit/database.ts";

const house = useDatabase();

test("no two advisory locks have one number, and there are no others", () => {
  const numbers = Object.values(LOCKS);
  const locking = sourceFiles("src").filter(
    ({ path, text }) => path !== "src/db/locks.ts" && /pg_(?:try_)?advisory_\w*lock/.test(text),
  );
  const strangers = locking.filter(({ text }) => !/LOCKS[.[]|hashtextextended/.test(text));

  expect(new Set(numbers).size).toBe(numbers.length);
  expect(locking.length).toBeGreaterThan(5);
  expect(strangers.map(({ path }) => path)).toEqual([]);
});

test("the audit is sealed while a process lets go of what is kept no longer", async () => {
  await insertAuditLog(house.db, [{ at: new Date(), by: COMMAND_LINE, action: "audit.read", customerId: null }]);
  const sealing = { key: Buffer.alloc(32, 1), log: openLog("silent"), headFile: null };

  const sealed = await whileAlone(house.db, "retention", () => sealAudit(house.db, sealing));

  expect(sealed).toBe(1);
});
