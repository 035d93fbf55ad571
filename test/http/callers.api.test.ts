import { expect, test } from "vitest";
import { openDoor } from "../../src/kit/door.ts";
import { openLog } from "../../src/kit/log.ts";
import { readCallerCard } from "../../src/live/card.ts";
import { useApp } from "../app/use-app.ts";
import { watched } from "../kit/watch.ts";
import { requestOn, useRoutingRules } from "../live/telling.ts";

const house = useApp();
useRoutingRules(house);

const ask = async (query: string, key: string | null) => {
  const headers: Record<string, string> = key ? { authorization: `Bearer ${key}` } : {};
  const reply = await fetch(`${house.url}/v1/callers?${query}`, { headers });
  return { status: reply.status, card: (await reply.json()) as Record<string, string> };
};

const ann = {
  source: "crm",
  sourceId: "1",
  observedAt: "2026-11-01T09:00:00Z",
  identities: [
    { namespace: "custid", value: "4587" },
    { namespace: "phone", value: "+46701234567" },
  ],
  displayName: "Ann",
  vvip: true,
};

test("a menu that speaks no GraphQL is told who calls as a flat map of texts", async () => {
  await house.post("/v1/customers", ann);
  const { ivr, agent } = await house.keys();

  const { status, card } = await ask("phone=%2B46701234567&dialled=%2B46812345678&source=ivr", ivr);
  const seen = await ask("phone=+46701234567", agent);

  expect(status).toBe(200);
  expect(card).toMatchObject({ known: "true", partial: "false", vvip: "true", isAnonymous: "false", candidates: "1" });
  expect(Object.values(card).every((value) => typeof value === "string")).toBe(true);
  expect(Object.keys(card).length).toBeLessThanOrEqual(32);
  expect(card.displayName).toBe("Ann");
  expect(card).not.toHaveProperty("custId");
  expect(seen.card).toMatchObject({ displayName: "Ann", custId: "4587", customerId: card.customerId });
});

test("whatever is sent is answered with 200 and advice", async () => {
  const { ivr } = await house.keys();

  const answers = await Promise.all(
    ["", "phone=anonymous", "phone=12", "shoesize=42&phone=%2B46701234567", "phone=a&phone=b"].map((q) => ask(q, ivr)),
  );

  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200]);
  expect(answers[1]!.card).toMatchObject({ known: "false", isWithheld: "true" });
  expect(answers[3]!.card).toMatchObject({ known: "false", isWithheld: "false" });
});

test("refuses a stranger and a role that has no business with callers", async () => {
  const { analyst } = await house.keys();

  expect((await ask("phone=%2B46701234567", null)).status).toBe(401);
  expect((await ask("phone=%2B46701234567", analyst)).status).toBe(403);
});

test("answers with what it knows when the database is late, and says that it is not all", async () => {
  const request = await requestOn(house.db);
  const never = watched(house.db, () => new Promise(() => {}));
  const startedAt = performance.now();

  const card = await readCallerCard(
    { ...request, db: never },
    { identities: [] },
    { deadlineMs: 50, door: openDoor({ places: 1 }) },
  );

  expect(performance.now() - startedAt).toBeLessThan(150);
  expect(card).toMatchObject({ partial: "true", isWithheld: "true", priority: "5" });
  expect(card).not.toHaveProperty("known");
});

test("answers when the database is away", async () => {
  const request = await requestOn(house.db);
  const away = watched(house.db, () => Promise.reject(new Error("ECONNREFUSED")));

  const card = await readCallerCard(
    { ...request, db: away, log: openLog("silent") },
    { identities: [] },
    { deadlineMs: 300, door: openDoor({ places: 1 }) },
  );

  expect(card).toMatchObject({ partial: "true", skill: "identification" });
});
