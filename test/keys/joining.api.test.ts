import { beforeEach, describe, expect, test } from "vitest";
import { createKey, type KeyWish } from "../../src/keys/keys.ts";
import { useApp } from "../app/use-app.ts";

// Whom a key may say to be one person.

const house = useApp();
const STARTED = "2026-11-20T09:00:00Z";
const custid = (value: string) => ({ namespace: "custid", value });
const email = (value: string) => ({ namespace: "email", value });

beforeEach(async () => {
  for (const n of ["1", "2"]) {
    const identities = [custid(n), email(`p${n}@example.com`)];
    await house.post("/v1/customers", { source: "crm", sourceId: n, observedAt: STARTED, displayName: n, identities });
  }
});

const keyOf = (wish: Omit<KeyWish, "name">) => createKey(house.db, { name: "key", ...wish });

async function log(key: string, source: string, identities: object[], sourceId = "1") {
  const body = { source, sourceId, startedAt: STARTED, identities };
  const reply = await house.post("/v1/calls", body, { authorization: `Bearer ${key}` });
  const { receipts } = (await reply.json()) as { receipts: { status: string; reason: string | null }[] };
  return receipts[0]!;
}

async function idOf(identity: { namespace: string; value: string }): Promise<string | null> {
  const query = "query ($identity: IdentityInput!) { customer(identity: $identity) { id } }";
  return (await house.ask(query, { identity })).data.customer?.id ?? null;
}

const conflicts = async () =>
  (await house.ask("{ identityConflicts { nodes { kind source a { namespace } b { namespace } } } }")).data
    .identityConflicts.nodes;

describe.each<[string, string, Omit<KeyWish, "name">]>([
  ["an agent's", "desk", { role: "agent", agentId: "ann", sources: ["desk"] }],
  ["a menu's", "menu", { role: "ivr", sources: ["menu"] }],
  ["a menu's of any source", "dtmf", { role: "ivr" }],
])("%s key", (_, source, wish) => {
  test("adds an address to the caller, and merges no two customers", async () => {
    const key = await keyOf(wish);
    const [one, two] = [await idOf(custid("1")), await idOf(custid("2"))];

    const added = await log(key, source, [custid("1"), email("new@example.com")]);
    const merging = await log(key, source, [email("p1@example.com"), email("p2@example.com")], "2");

    expect([added.status, merging.status]).toEqual(["ACCEPTED", "ACCEPTED"]);
    expect(await idOf(email("new@example.com"))).toBe(one);
    expect([await idOf(email("p1@example.com")), await idOf(email("p2@example.com"))]).toEqual([one, two]);
    expect(await conflicts()).toEqual([
      { kind: "SOURCE", source, a: { namespace: "email" }, b: { namespace: "email" } },
    ]);
  });

  test("with two customer numbers on one note contests nothing and splits nobody", async () => {
    const key = await keyOf(wish);
    const before = await Promise.all([custid("1"), custid("2"), email("p1@example.com")].map(idOf));

    await log(key, source, [custid("1"), custid("2"), email("p1@example.com")]);
    await log(key, source, [custid("2"), email("p1@example.com")], "2");

    expect(await Promise.all([custid("1"), custid("2"), email("p1@example.com")].map(idOf))).toEqual(before);
    const { data } = await house.ask(
      '{ customer(identity: { namespace: "custid", value: "1" }) { identities { isShared } } }',
    );
    expect(data.customer.identities.every(({ isShared }: { isShared: boolean }) => !isShared)).toBe(true);
  });
});

test("a key that may not join is refused what joins as a source that may", async () => {
  const menu = await keyOf({ role: "ivr", sources: ["crm"] });

  const one = await log(menu, "crm", [custid("1")]);
  const two = await log(menu, "crm", [custid("1"), email("new@example.com")], "2");
  const stated = await house.post(
    "/v1/customers",
    { source: "crm", sourceId: "9", observedAt: STARTED, identities: [custid("1")], vvip: true },
    { authorization: `Bearer ${menu}` },
  );

  expect(one.status).toBe("ACCEPTED");
  expect(two).toMatchObject({ status: "REJECTED", reason: "FORBIDDEN" });
  expect(stated.status).toBe(403);
});

test("times to come are refused: a revision, and when a customer was observed", async () => {
  const later = new Date(Date.now() + 11 * 60_000).toISOString();
  const call = { source: "desk", sourceId: "1", startedAt: STARTED, revision: later };
  const stated = { source: "crm", sourceId: "1", observedAt: later, identities: [custid("1")] };

  const [frozen, ahead] = [await house.post("/v1/calls", call), await house.post("/v1/customers", stated)];

  expect(await frozen.json()).toMatchObject({ receipts: [{ status: "REJECTED", path: ["revision"] }] });
  expect(await ahead.json()).toMatchObject({ receipts: [{ status: "REJECTED", path: ["observedAt"] }] });
});
