import { expect, test } from "vitest";
import { sql } from "../../src/db/sql.ts";
import { openIngest } from "../../src/ingest/ingest.ts";
import { openAnnouncer } from "../../src/ingest/ringing/announce.ts";
import { STEPS, type Step, startStepClock } from "../../src/ingest/steps.ts";
import { openLog } from "../../src/kit/log.ts";
import { useDatabase } from "../kit/database.ts";
import { TEST_KEYS, useIngest } from "../kit/ingest.ts";
import { BOUND_TO_NOTHING } from "../kit/viewer.ts";

const house = useDatabase();
const rules = useIngest(house);

const CALL = {
  source: "cti",
  sourceId: "1",
  startedAt: "2026-11-20T09:00:00Z",
  identities: [
    { namespace: "phone", value: "+46701234567" },
    { namespace: "custid", value: "1001" },
  ],
};

/** The way in, and what it says of its steps. */
function observed() {
  const seen: [Step, number][] = [];
  const observer = { step: (step: Step, seconds: number) => void seen.push([step, seconds]), receipts() {} };
  const deps = { database: house.db, log: openLog("silent"), ...TEST_KEYS, rules: rules.rules, observer };
  return { ingest: openIngest(deps), seen };
}

test("an announced call that is logged passes each step of a batch once, and they divide its time among them", async () => {
  const { ingest, seen } = observed();
  const announcer = openAnnouncer({ database: house.db, identityKey: TEST_KEYS.identityKey, rules: rules.rules });
  const writer = { role: "ivr", ...BOUND_TO_NOTHING };
  await announcer.announce({ ...CALL, agentId: "agent-1", ringingAt: new Date() }, writer);

  const startedAt = performance.now();
  await ingest.accept([{ kind: "call", body: CALL }], { entryPoint: "test" });
  const seconds = (performance.now() - startedAt) / 1_000;

  const { decode: _, adapt: __, ...ofABatch } = STEPS;
  expect(seen.map(([step]) => step).toSorted()).toEqual(Object.keys(ofABatch).toSorted());
  const sum = seen.reduce((total, [, taken]) => total + taken, 0);
  expect(sum).toBeLessThanOrEqual(seconds);
  expect(sum).toBeGreaterThan(seconds / 2);
});

test("a call that nobody announced is not announced over", async () => {
  const { ingest, seen } = observed();

  await ingest.accept([{ kind: "call", body: CALL }], { entryPoint: "test" });

  const steps = seen.map(([step]) => step);
  expect(steps).toContain("ring");
  expect(steps).not.toContain("announce");
});

test("the time of a slow statement is its step's, not that of the steps whose statements travel with it", async () => {
  const clock = startStepClock();
  const taken = new Map<Step, number>();

  await clock.transaction(house.db, (during) =>
    Promise.all([
      during("ring").run(sql`select 1`),
      during("match").run(sql`select pg_sleep(0.3)`),
      during("store").run(sql`select 1`),
    ]),
  );
  clock.tell({ step: (step, seconds) => void taken.set(step, seconds) });

  expect(taken.get("match")).toBeGreaterThanOrEqual(0.29);
  expect(taken.get("store")).toBeLessThan(0.2);
  expect([...taken.keys()]).toEqual(["ring", "match", "store", "commit"]);
});
