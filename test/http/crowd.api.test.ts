import { expect, test } from "vitest";
import { sql } from "../../src/db/sql.ts";
import { ADMIN_KEY, useApp } from "../app/use-app.ts";

const house = useApp({ settings: { C360_LOOKUPS_AT_ONCE: "2" } });
const PHONE = "+46701234567";
const identity = { namespace: "phone", value: PHONE };
const LOOKUP = `query ($identities: [IdentityInput!]!) {
  lookupCaller(input: { identities: $identities }) { partial candidates { confidence } }
}`;
const CUSTOMER = "query ($identity: IdentityInput!) { customer(identity: $identity) { id } }";
const headers = { authorization: `Bearer ${ADMIN_KEY}`, "content-type": "application/json" };

const lookUp = () => house.post("/graphql", { query: LOOKUP, variables: { identities: [identity] } });
const stream = async () => {
  const body = JSON.stringify({ query: LOOKUP, variables: { identities: [identity] } });
  const accept = { accept: "text/event-stream" };
  return (
    await fetch(`${house.url}/graphql/stream`, { method: "POST", headers: { ...headers, ...accept }, body })
  ).text();
};
const card = async () => {
  const reply = await fetch(`${house.url}/v1/callers?phone=${encodeURIComponent(PHONE)}`, { headers });
  return (await reply.json()) as Record<string, string>;
};

test("where more is asked than can be answered in time, the rest is told so, and all is well once it ends", async () => {
  await house.post("/v1/customers", {
    source: "crm",
    sourceId: "1",
    observedAt: "2026-11-01T09:00:00Z",
    identities: [identity],
  });
  // A key is known by then, and a statement prepared.
  expect((await lookUp()).status).toBe(200);

  const crowd = await house.db.transaction(async (tx) => {
    await tx.run(sql`lock table identities in access exclusive mode`);
    const inside = [lookUp(), lookUp()];
    // While nobody can go on, whoever comes is turned away long before the two inside are answered.
    const refused = await Promise.all(Array.from({ length: 40 }, lookUp));
    const { errors } = await house.ask(CUSTOMER, { identity });
    const [menu, streamed] = [await card(), await stream()];
    const other = await house.ask("{ viewer { name } }");
    return { inside, refused, errors, menu, streamed, other };
  });

  expect((await Promise.all(crowd.inside)).map(({ status }) => status)).toEqual([200, 200]);
  expect(new Set(crowd.refused.map(({ status }) => status))).toEqual(new Set([503]));
  expect(crowd.refused[0]!.headers.get("retry-after")).toBe("2");
  expect(await crowd.refused[0]!.json()).toMatchObject({ errors: [{ extensions: { code: "UNAVAILABLE" } }] });
  expect(crowd.errors).toMatchObject([{ extensions: { code: "UNAVAILABLE" } }]);
  expect(crowd.streamed).toContain("UNAVAILABLE");
  // A menu is told no error, and what has nothing to do with look-ups is answered.
  expect(crowd.menu).toMatchObject({ partial: "true", priority: "5" });
  expect(crowd.other.errors).toBeUndefined();
  const { data } = await house.ask(LOOKUP, { identities: [identity] });
  expect(data.lookupCaller).toMatchObject({ partial: false, candidates: [{ confidence: expect.any(Number) }] });
  const metrics = await (await fetch(`${house.url}/metrics`, { headers })).text();
  expect(Number(/^customer360_lookups_refused (\d+)/m.exec(metrics)![1])).toBeGreaterThanOrEqual(43);
});
