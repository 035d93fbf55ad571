import { createHmac } from "node:crypto";
import { expect, test } from "vitest";
import { ADMIN_KEY, useApp } from "../app/use-app.ts";

const SECRET = "segment-shared-secret";
const house = useApp({ settings: { C360_WEBHOOK_SECRETS: JSON.stringify({ segment: [SECRET] }) } });

const MONDAY = "2026-04-06T08:00:00Z";
const TUESDAY = "2026-04-07T08:00:00Z";
const IDENTITIES = [
  { namespace: "custid", value: "5150" },
  { namespace: "email", value: "olga@example.com" },
  { namespace: "phone", value: "+442079460515" },
];

async function state(body: object, observedAt: string, sourceId = "5150") {
  const reply = await house.post("/v1/customers", { source: "crm", sourceId, observedAt, ...body });
  return ((await reply.json()) as { receipts: { status: string; message: string | null }[] }).receipts[0]!;
}

const none = (namespace: string) => ({ namespace, value: null });

const whose = async ({ namespace, value }: { namespace: string; value: string }) => {
  const query = `query ($identity: IdentityInput) {
    customer(identity: $identity) { displayName record { customerSegmentId vvip extra } identities { namespace value } }
  }`;
  return (await house.ask(query, { identity: { namespace, value } })).data.customer;
};
const nameOf = async (identity: { namespace: string; value: string }) => (await whose(identity))?.displayName ?? null;

test("case 02: a partial update of a customer takes no phone and no e-mail away", async () => {
  await state({ identities: IDENTITIES, displayName: "Olga Ohm", customerSegmentId: "gold" }, MONDAY);
  await state({ identities: [IDENTITIES[0]], vvip: true }, TUESDAY);

  const reply = await fetch(`${house.url}/v1/callers?phone=%2B442079460515`, {
    headers: { authorization: `Bearer ${ADMIN_KEY}` },
  });

  expect(await Promise.all(IDENTITIES.map(nameOf))).toEqual(["Olga Ohm", "Olga Ohm", "Olga Ohm"]);
  expect(await reply.json()).toMatchObject({ known: "true", isAnonymous: "false", vvip: "true", segment: "gold" });
});

test.each<[string, object, string[]]>([
  ["without any identity", { vvip: true }, ["custid", "email", "phone"]],
  ["with one of them", { identities: [IDENTITIES[1]] }, ["custid", "email", "phone"]],
  ["with one more", { identities: [{ namespace: "login", value: "olga" }] }, ["custid", "email", "login", "phone"]],
  ["that withdraws the e-mail", { withdrawIdentities: [IDENTITIES[1]] }, ["custid", "phone"]],
  [
    "that withdraws what nobody named",
    { withdrawIdentities: [{ namespace: "login", value: "x" }] },
    ["custid", "email", "phone"],
  ],
  ["with none of what was named", { identities: [] }, []],
  ["with null for the identities", { identities: null }, []],
  ["with null for the e-mail", { identities: [none("email")] }, ["custid", "phone"]],
  ["with null for the number, by its other name", { identities: [none("mobilenr")] }, ["custid", "email"]],
  ["that withdraws null", { withdrawIdentities: [none("email"), none("phone")] }, ["custid"]],
  ["with null for what nobody named", { identities: [none("login")] }, ["custid", "email", "phone"]],
])("a newer record %s leaves exactly what was not taken back", async (_, body, left) => {
  await state({ identities: IDENTITIES, displayName: "Olga Ohm" }, MONDAY);

  const receipt = await state(body, TUESDAY);

  expect(receipt.status).toBe("SUPERSEDED");
  const login = { namespace: "login", value: "olga" };
  const known = await Promise.all(
    [...IDENTITIES, login].map(async (one) => ((await nameOf(one)) ? [one.namespace] : [])),
  );
  expect(known.flat().sort()).toEqual(left);
});

test("an older record that comes late adds what the newer one left out, and takes nothing back", async () => {
  await state({ identities: [IDENTITIES[0]], displayName: "Olga Ohm" }, TUESDAY);

  const late = await state(
    { identities: [IDENTITIES[1]], withdrawIdentities: [IDENTITIES[0]], customerSegmentId: "gold" },
    MONDAY,
  );

  expect(late.status).toBe("STALE");
  expect(await whose(IDENTITIES[1]!)).toMatchObject({ displayName: "Olga Ohm", record: { customerSegmentId: "gold" } });
  expect(await nameOf(IDENTITIES[0]!)).toBe("Olga Ohm");
});

test("an e-mail address that was withdrawn goes to whoever states it next, and comes back when it is named again", async () => {
  await state({ identities: IDENTITIES, displayName: "Olga Ohm" }, MONDAY);
  await state({ withdrawIdentities: [IDENTITIES[1]] }, TUESDAY);
  await state(
    { identities: [{ namespace: "custid", value: "6" }, IDENTITIES[1]], displayName: "Pia Six" },
    TUESDAY,
    "6",
  );
  const passedOn = await nameOf(IDENTITIES[1]!);
  await state({ withdrawIdentities: [IDENTITIES[1]] }, "2026-04-08T08:00:00Z", "6");
  await state({ identities: [IDENTITIES[1]] }, "2026-04-08T08:00:00Z");

  expect(passedOn).toBe("Pia Six");
  expect(await nameOf(IDENTITIES[1]!)).toBe("Olga Ohm");
});

test("a record about somebody else since keeps no former anchor: the strongest that stands is its subject", async () => {
  await state({ identities: [{ namespace: "email", value: "q@example.com" }], displayName: "Quin" }, MONDAY, "q");
  await state({ identities: [{ namespace: "custid", value: "77" }] }, TUESDAY, "q");

  const customer = await whose({ namespace: "email", value: "q@example.com" });

  expect(customer.displayName).toBe("Quin");
  expect(await whose({ namespace: "custid", value: "77" })).toEqual(customer);
});

test("the first record must name somebody, and says so; one identity cannot be named and withdrawn at once", async () => {
  const first = await state({ displayName: "Nobody" }, MONDAY);
  const empty = await state({ identities: [], displayName: "Nobody" }, MONDAY);
  const both = await state({ identities: IDENTITIES, withdrawIdentities: [IDENTITIES[1]] }, MONDAY);

  expect([first, empty, both].map(({ status }) => status)).toEqual(["REJECTED", "REJECTED", "REJECTED"]);
  expect(first.message).toMatch(/first record of a customer needs at least one identity/);
  expect(both.message).toMatch(/send it in one of the two/);
});

test("over GraphQL an identity is withdrawn with what it is about", async () => {
  const upsert = (fields: object) =>
    house.ask("mutation ($in: UpsertCustomerInput!) { upsertCustomer(input: $in) { status userErrors { message } } }", {
      in: { source: "crm", sourceId: "5150", ...fields },
    });
  await upsert({ observedAt: MONDAY, identities: IDENTITIES, displayName: "Olga Ohm" });

  const { data } = await upsert({
    observedAt: TUESDAY,
    identities: [IDENTITIES[0]],
    withdrawIdentities: [IDENTITIES[2]],
  });

  expect(data.upsertCustomer).toEqual({ status: "SUPERSEDED", userErrors: [] });
  expect(await Promise.all(IDENTITIES.map(nameOf))).toEqual(["Olga Ohm", "Olga Ohm", null]);
});

/** What Segment's server sends, signed. */
async function identify(messageId: string, userId: string, traits: object, timestamp: string) {
  const body = JSON.stringify({ type: "identify", messageId, userId, timestamp, traits });
  const signature = createHmac("sha1", SECRET).update(body).digest("hex");
  const reply = await house.post("/v1/webhooks/segment", body, { "x-signature": signature });
  return ((await reply.json()) as { receipts: { status: string }[] }).receipts[0]!.status;
}

test("case 03: Segment's identify calls carry only what changed, and traits add up", async () => {
  await identify("s1", "ada", { name: "Ada Reed", email: "ada@example.com", age: 37, plan: "pro", team: "a" }, MONDAY);
  await identify("s2", "ada", { phone: "+442079460516", seats: 9, team: null }, TUESDAY);

  for (const identity of [
    { namespace: "login", value: "ada" },
    { namespace: "email", value: "ada@example.com" },
    { namespace: "phone", value: "+442079460516" },
  ]) {
    expect(await whose(identity)).toMatchObject({
      displayName: "Ada Reed",
      record: { extra: { plan: "pro", seats: 9 } },
    });
    expect((await whose(identity)).record.extra).not.toHaveProperty("team");
  }
});

test.each([[["s4", "s5"]], [["s5", "s4"]]])(
  "case 03: of two identify calls in one millisecond neither is lost (%j), and each sent again is known",
  async (order) => {
    const messages: Record<string, object> = { s4: { email: "bea@example.com" }, s5: { name: "Bea Two" } };
    const send = (id: string) => identify(id, "bea", messages[id]!, MONDAY);

    const first = [await send(order[0]!), await send(order[1]!)];
    const again = [await send("s4"), await send("s5")];

    expect(first[0]).toBe("ACCEPTED");
    expect(["SUPERSEDED", "STALE"]).toContain(first[1]);
    expect(again).toEqual(["REPEATED", "REPEATED"]);
    expect(await nameOf({ namespace: "email", value: "bea@example.com" })).toBe("Bea Two");
  },
);

test("what two sources say in extra adds up, and each key says where it came from", async () => {
  const ids = { identities: [IDENTITIES[0]] };
  await state({ ...ids, extra: { loyalty: "gold", shoe: 41 } }, MONDAY);
  await house.post("/v1/customers", {
    source: "shop",
    sourceId: "z",
    observedAt: TUESDAY,
    ...ids,
    extra: { shoe: 42, cart: 3 },
  });

  const query = `{ customer(identity: { namespace: "custid", value: "5150" }) { record { extra provenance { field source } } } }`;
  const { extra, provenance } = (await house.ask(query)).data.customer.record;

  expect(extra).toEqual({ cart: 3, loyalty: "gold", shoe: 42 });
  expect(provenance).toEqual(
    expect.arrayContaining([
      { field: "extra.cart", source: "shop" },
      { field: "extra.loyalty", source: "crm" },
      { field: "extra.shoe", source: "shop" },
    ]),
  );
});

test("Segment's null trait takes the address and the number back, and an empty list says none", async () => {
  const identify = async (messageId: string, timestamp: string, traits: object) => {
    const body = JSON.stringify({ type: "identify", messageId, userId: "una", timestamp, traits });
    const signature = createHmac("sha1", SECRET).update(body).digest("hex");
    await house.post("/v1/webhooks/segment", body, { "x-signature": signature });
  };
  const una = { name: "Una Moss", email: "una@example.com", phone: "+442079460733", tags: ["a"], plan: "gold" };
  await identify("m1", MONDAY, una);

  await identify("m2", TUESDAY, { email: null, phone: null, tags: [], seats: 4 });

  const { identities, record } = await whose({ namespace: "login", value: "una" });
  expect(identities).toEqual([{ namespace: "login", value: "una" }]);
  expect(record.extra).toMatchObject({ plan: "gold", seats: 4 });
  expect(record.extra).not.toHaveProperty("tags");
  expect(await nameOf({ namespace: "email", value: "una@example.com" })).toBeNull();
});

test("a call whose sender has null for an id is taken in, and says so", async () => {
  const identities = [none("custid"), { namespace: "phone", value: "+442079460734" }];
  await house.post("/v1/calls", { source: "pbx", sourceId: "c1", startedAt: MONDAY, identities });

  const { data } = await house.ask(
    '{ interaction(source: "pbx", sourceId: "c1") { customer { identities { namespace } } dataQuality { field message } } }',
  );

  expect(data.interaction).toEqual({
    customer: { identities: [{ namespace: "phone" }] },
    dataQuality: [{ field: "identities.0", message: "The value is null and identifies nobody." }],
  });
});
