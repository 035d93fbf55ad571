import { describe, expect, test } from "vitest";
import { createKey, type KeyWish } from "../../src/keys/keys.ts";
import { useApp } from "../app/use-app.ts";
import { ringing } from "../live/ringing.ts";

// What a key lets its holder write, asked through every door that takes records.

const house = useApp();
const { announce } = ringing(house);

const STARTED = "2026-11-20T09:00:00Z";
const FORBIDDEN = { status: "REJECTED", reason: "FORBIDDEN" };

const keyOf = (wish: Omit<KeyWish, "name">) => createKey(house.db, { name: "key", ...wish });
const ivrOf = (sources: string[]) => keyOf({ role: "ivr", sources });
const annOf = (sources: string[] = []) => keyOf({ role: "agent", agentId: "ann", sources });

const callOf = (more: object = {}) => ({ source: "desk", sourceId: "1", startedAt: STARTED, ...more });

/** Sends one record to /v1. */
async function send(key: string, kind: string, body: object) {
  const reply = await house.post(`/v1/${kind}`, body, { authorization: `Bearer ${key}` });
  const answer = (await reply.json()) as { receipts: { status: string; reason: string | null }[]; error?: unknown };
  return { code: reply.status, ...answer.receipts[0]! };
}

const notesOf = async (source: string, sourceId: string) => {
  const { data } = await house.ask(
    "query ($source: String!, $sourceId: String!) { interaction(source: $source, sourceId: $sourceId) { agentId interactionNotes } }",
    { source, sourceId },
  );
  return data.interaction;
};

describe("as a source", () => {
  const records = {
    customers: { identities: [{ namespace: "custid", value: "1" }], observedAt: STARTED, vvip: true },
    calls: { startedAt: STARTED },
    interactions: { channelType: "CHAT", sessionStartTime: STARTED },
    touchpoints: { kind: "PAGE_VIEW", channel: "WEB", occurredAt: STARTED },
  };

  test.each(Object.entries(records))("a key sends %s under its own sources only", async (kind, body) => {
    const key = await ivrOf(["ivr-*"]);

    const own = await send(key, kind, { source: "ivr-eu", sourceId: "1", ...body });
    const others = await send(key, kind, { source: "crm", sourceId: "1", ...body });

    expect(own).toMatchObject({ code: 200, status: "ACCEPTED" });
    expect(others).toMatchObject({ code: 403, ...FORBIDDEN });
  });

  test("a key is refused in mutations, in lists and in lines, and spoils none of the others", async () => {
    const key = await ivrOf(["ivr-eu"]);
    const list = [callOf({ source: "ivr-eu" }), callOf({ source: "crm" })];
    const lines = list.map((one) => JSON.stringify({ ...one, sourceId: "2" })).join("\n");

    const { data } = await house.ask(
      "mutation ($input: LogCallInput!) { logCall(input: $input) { status userErrors { code path message } } }",
      { input: callOf({ source: "crm" }) },
      key,
    );
    const listed = await house.post("/v1/calls", list, { authorization: `Bearer ${key}` });
    const streamed = await house.post("/v1/calls", lines, {
      authorization: `Bearer ${key}`,
      "content-type": "application/x-ndjson",
    });

    expect(data.logCall).toEqual({
      status: "REJECTED",
      userErrors: [{ code: "FORBIDDEN", path: ["input", "source"], message: expect.stringContaining("viewer") }],
    });
    expect(await listed.json()).toMatchObject({ receipts: [{ status: "ACCEPTED" }, FORBIDDEN] });
    expect(
      (await streamed.text())
        .trim()
        .split("\n")
        .map((line) => JSON.parse(line)),
    ).toMatchObject([{ status: "ACCEPTED" }, FORBIDDEN]);
  });

  test("what a key may not write is not kept, so that no replay takes it in", async () => {
    const key = await ivrOf(["ivr-eu"]);

    await send(key, "calls", callOf({ source: "crm" }));
    await send(key, "calls", { source: "crm", sourceId: "2", startedAt: "yesterday" });
    await send(key, "calls", { source: "ivr-eu", sourceId: "3", startedAt: "yesterday" });

    const { data } = await house.ask("{ rejections { nodes { source sourceId } } }");
    expect(data.rejections.nodes).toEqual([{ source: "ivr-eu", sourceId: "3" }]);
  });

  test("a key rings, moves and ends calls of its own sources only", async () => {
    const { callId } = await announce("1", "ann");
    const key = await ivrOf(["other"]);
    const ask = async (mutation: string) => {
      const { data } = await house.ask(`mutation { it: ${mutation} { userErrors { code } } }`, {}, key);
      return data.it.userErrors;
    };
    const ring = `{ source: "cti", sourceId: "9", identities: [], agentId: "ann", ringingAt: "${STARTED}" }`;

    expect(await ask(`announceCall(input: ${ring})`)).toEqual([{ code: "FORBIDDEN" }]);
    expect(await ask(`transferCall(callId: "${callId}", agentId: "bob")`)).toEqual([{ code: "FORBIDDEN" }]);
    expect(await ask(`endCall(callId: "${callId}")`)).toEqual([{ code: "FORBIDDEN" }]);
  });
});

describe("as an agent", () => {
  test("she logs in her own name, or in none", async () => {
    const ann = await annOf(["desk"]);

    expect(await send(ann, "calls", callOf({ agentId: "ann" }))).toMatchObject({ status: "ACCEPTED" });
    expect(await send(ann, "calls", callOf({ sourceId: "2" }))).toMatchObject({ status: "ACCEPTED" });
    expect(await send(ann, "calls", callOf({ sourceId: "3", agentId: "bob" }))).toMatchObject({
      code: 403,
      ...FORBIDDEN,
    });
  });

  test("she rewrites no notes of another's", async () => {
    const [ann, bob] = [await annOf(["desk"]), await keyOf({ role: "agent", agentId: "bob", sources: ["desk"] })];
    await send(bob, "calls", callOf({ agentId: "bob", notes: "as it was" }));
    const later = { revision: "2026-11-20T10:00:00Z", notes: "as ann has it" };

    const refused = await send(ann, "calls", callOf(later));
    const own = await send(bob, "calls", callOf({ agentId: "bob", ...later, notes: "as bob has it" }));

    expect(refused).toMatchObject({ code: 403, ...FORBIDDEN });
    expect(own).toMatchObject({ status: "SUPERSEDED" });
    expect(await notesOf("desk", "1")).toEqual({ agentId: "bob", interactionNotes: "as bob has it" });
  });

  test("she changes nothing that was handed on to another, whoever handled it", async () => {
    const [ann, bob] = [await annOf(["desk"]), await keyOf({ role: "agent", agentId: "bob", sources: ["desk"] })];
    await house.post("/v1/calls", callOf({ agentIdTransferred: "bob", notes: "as it was" }));
    const later = callOf({ revision: "2026-11-20T10:00:00Z", notes: "changed" });

    expect(await send(ann, "calls", later)).toMatchObject({ code: 403, ...FORBIDDEN });
    expect(await send(bob, "calls", later)).toMatchObject({ status: "SUPERSEDED" });
  });

  test("without a source she logs the call on her own screen, and no other", async () => {
    const [ann, bob] = [await annOf(), await keyOf({ role: "agent", agentId: "bob", sources: ["cti"] })];
    await announce("1", "ann");
    const call = { source: "cti", sourceId: "1", startedAt: STARTED };

    const others = await send(bob, "calls", call);
    const stranger = await send(ann, "calls", { ...call, sourceId: "another" });
    const own = await send(ann, "calls", { ...call, agentId: "ann" });

    expect(others).toMatchObject({ code: 403, ...FORBIDDEN });
    expect(stranger).toMatchObject({ code: 403, ...FORBIDDEN });
    expect(own).toMatchObject({ status: "ACCEPTED" });
  });

  test("a key of the role without an agent id names nobody", async () => {
    const key = await keyOf({ role: "agent", sources: ["desk"] });

    expect(await send(key, "calls", callOf({ agentId: "ann" }))).toMatchObject({ code: 403, ...FORBIDDEN });
  });
});

describe("from a network", () => {
  test("a key opens from its own only", async () => {
    const [inside, outside] = await Promise.all(
      [["127.0.0.0/8", "::1"], ["203.0.113.0/24"]].map((networks) => keyOf({ role: "analyst", networks })),
    );

    expect((await house.ask("{ viewer { name } }", {}, inside)).status).toBe(200);
    expect(await house.ask("{ viewer { name } }", {}, outside)).toMatchObject({
      status: 403,
      errors: [{ extensions: { code: "FORBIDDEN" } }],
    });
  });
});

describe("a key that makes keys", () => {
  const SOON = "2099-01-01T00:00:00.000Z";
  const make = async (key: string, more: string) => {
    const input = `{ name: "more", role: admin ${more} }`;
    const asked = `mutation { createApiKey(input: ${input}) { secret userErrors { code path } } }`;
    const { data } = await house.ask(asked, {}, key);
    return data.createApiKey.userErrors.map(({ code, path }: { code: string; path: string[] }) => [code, ...path]);
  };

  test("that opens from some networks makes none that opens from others", async () => {
    const key = await keyOf({ role: "admin", networks: ["127.0.0.0/8", "10.0.0.0/8"] });
    const refused = [["FORBIDDEN", "input", "networks"]];

    expect(await make(key, "")).toEqual(refused);
    expect(await make(key, 'networks: ["127.0.0.0/8", "0.0.0.0/0"]')).toEqual(refused);
    expect(await make(key, 'networks: [" 127.0.0.0/8"]')).toEqual([]);
  });

  test("that expires makes none that outlasts it", async () => {
    const key = await keyOf({ role: "admin", expiresAt: new Date(SOON) });
    const refused = [["FORBIDDEN", "input", "expiresAt"]];

    expect(await make(key, "")).toEqual(refused);
    expect(await make(key, 'expiresAt: "2099-01-01T00:00:01Z"')).toEqual(refused);
    expect(await make(key, `expiresAt: "${SOON}"`)).toEqual([]);
  });
});

test("a bound key writes no tracking number of another source, and makes no key that is bound to less", async () => {
  const key = await keyOf({ role: "admin", sources: ["crm"] });
  const number = (source: string) =>
    `mutation { upsertTrackingNumbers(inputs: [{ number: "+442079460555", source: "${source}" }]) { count userErrors { code } } }`;
  const making = 'mutation { createApiKey(input: { name: "more", role: admin }) { secret userErrors { code } } }';

  const [own, others, made] = await Promise.all(
    [number("crm"), number("telephony"), making].map((query) => house.ask(query, {}, key)),
  );

  expect(own!.data.upsertTrackingNumbers).toEqual({ count: 1, userErrors: [] });
  expect(others!.data.upsertTrackingNumbers).toEqual({ count: 0, userErrors: [{ code: "FORBIDDEN" }] });
  expect(made!.data.createApiKey).toEqual({ secret: null, userErrors: [{ code: "FORBIDDEN" }] });
});
