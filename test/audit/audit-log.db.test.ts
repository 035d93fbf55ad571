import { setImmediate } from "node:timers/promises";
import { expect, test } from "vitest";
import { openAuditLog } from "../../src/audit/audit-log.ts";
import { openLog } from "../../src/kit/log.ts";
import { useDatabase } from "../kit/database.ts";

const house = useDatabase();
const trace = { by: { id: "key:1", name: "desk" }, action: "caller.looked-up" as const, customerId: null };

test("an answer waits for its own rows, and not for those of all who keep asking", async () => {
  const auditLog = openAuditLog(house.db, openLog("silent"));
  let isAnswered = false;
  const asking = (async () => {
    while (!isAnswered) {
      auditLog.note(trace);
      await setImmediate();
    }
  })();

  auditLog.note({ ...trace, action: "customer.read" });
  await auditLog.settle();
  const stored = await house.db.orm.audit.count({ where: { action: "customer.read" } });
  isAnswered = true;
  await asking;
  await auditLog.close();

  expect(stored).toBe(1);
});
