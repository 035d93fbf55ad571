import { expect, test } from "vitest";
import { openApp } from "../../src/app.ts";
import { sql } from "../../src/db/sql.ts";
import { openLog } from "../../src/kit/log.ts";
import { read } from "../kit/read.ts";
import { configFor, useApp } from "./use-app.ts";

const house = useApp();
const DAY_MS = 86_400_000;

const VIEW = { source: "web", occurredAt: "2026-11-20T09:00:00Z", kind: "PAGE_VIEW", channel: "WEB" };
const REFUSED = { ...VIEW, sourceId: "1", identities: [{ namespace: "shoe", value: "anna@example.com" }] };

/** A server that believes it is so many days later starts on the same database, and is gone again. */
async function daysLater(days: number, until: () => Promise<void>): Promise<void> {
  const later = () => new Date(Date.now() + days * DAY_MS);
  const app = await openApp(configFor(house.databaseUrl), openLog("silent"), later);
  try {
    await until();
  } finally {
    await app.stop();
  }
}

const stillKept = async () =>
  (await read<{ body: Buffer | null }>(house.db, sql`select body from rejections`)).map(({ body }) => body !== null);

const shown = async () => {
  const { data } = await house.ask(
    "{ rejections { nodes { reason body } } intake(period: $p) { waiting { count } } }".replace("$p", PERIOD),
  );
  return { rejections: data.rejections.nodes, waiting: data.intake.waiting };
};
const PERIOD = `{ from: "${new Date(Date.now() - DAY_MS).toISOString()}", to: "${new Date(Date.now() + DAY_MS).toISOString()}" }`;

const REPLAY = "mutation { replayRejections { replayed accepted stillRejected userErrors { code message } } }";

test("what was sent of a rejected record is gone after 30 days, its reason stays, and a replay says what to do", async () => {
  await house.post("/v1/touchpoints", REFUSED);
  const before = await shown();

  await daysLater(31, async () => void (await expect.poll(stillKept, { timeout: 10_000 }).toEqual([false])));
  const after = await shown();
  const { data } = await house.ask(REPLAY);

  expect(before.rejections).toMatchObject([{ reason: "UNKNOWN_NAMESPACE", body: { sourceId: "…" } }]);
  expect(before.waiting).toEqual([{ count: 1 }]);
  expect(after).toEqual({ rejections: [{ reason: "UNKNOWN_NAMESPACE", body: null }], waiting: [] });
  expect(data.replayRejections).toEqual({
    replayed: 0,
    accepted: 0,
    stillRejected: 0,
    userErrors: [
      {
        code: "NOT_FOUND",
        message: "What was sent is kept for 30 days, and is gone of 1: send those again from their system.",
      },
    ],
  });
});

test("a day before, it is still there, and an answer under an Idempotency-Key is not", async () => {
  await house.post("/v1/touchpoints", REFUSED, { "idempotency-key": "1" });
  const answers = () => house.db.orm.idempotencyKey.count();
  const kept = await answers();

  await daysLater(29, async () => void (await expect.poll(answers, { timeout: 10_000 }).toBe(0)));

  expect(kept).toBe(1);
  expect(await stillKept()).toEqual([true]);
  expect((await house.ask(REPLAY)).data.replayRejections).toMatchObject({
    replayed: 1,
    stillRejected: 1,
    userErrors: [],
  });
});
