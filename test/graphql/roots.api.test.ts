import { beforeEach, describe, expect, test } from "vitest";
import { scopesOf } from "../../src/graphql/engine/auth.ts";
import { ROOT_SCOPES } from "../../src/graphql/engine/policy.ts";
import { issueKey } from "../../src/keys/keys.ts";
import { ROLES } from "../../src/request.ts";
import { useApp } from "../app/use-app.ts";
import { ROOTS, type RootCase } from "./roots.ts";

const house = useApp({ settings: { C360_SECRET: "a secret of more than 32 characters, for receipts" } });
const story = { ann: "", bob: "", call: "", verdict: "", ring: "", pop: "", key: "" };
const told = (query: string) =>
  query.replace(/\{(ann|bob|call|verdict|ring|pop|key)\}/g, (_, name: keyof typeof story) => story[name]);
const cases = Object.entries(ROOTS).map(([name, root]) => [name, root] as const);
const fieldOf = (name: string) => name.split(".")[1]!;

/** Ann has a customer number and called once from her phone; Bob has a number too; a call was refused; one link was made. */
beforeEach(async () => {
  const customer = async (sourceId: string, displayName: string, more: object) => {
    const identities = [{ namespace: "custid", value: sourceId }];
    const body = { source: "crm", sourceId, observedAt: "2026-11-20T08:00:00Z", identities, displayName, ...more };
    return receiptOf(await (await house.post("/v1/customers", body)).json());
  };
  story.ann = (await customer("1", "Ann", { region: "north", ethnicity: "a secret", age: 40 })).customerId;
  story.bob = (await customer("2", "Bob", {})).customerId;
  const identities = [
    { namespace: "custid", value: "1" },
    { namespace: "phone", value: "+46701234567" },
  ];
  const call = { source: "cti", sourceId: "1", startedAt: "2026-11-20T09:00:00Z", answeredAt: "2026-11-20T09:00:00Z" };
  const logged = { ...call, durationSeconds: 60, callReason: "billing", notes: "asked about her mother", identities };
  story.call = receiptOf(await (await house.post("/v1/calls", logged)).json()).recordId;
  await house.post("/v1/calls", { ...call, sourceId: "2", durationSeconds: -1 });
  const verdict = await house.ask(
    'mutation { linkIdentities(a: { namespace: "custid", value: "2" }, b: { namespace: "email", value: "bob@example.com" }, reason: "his mail") { verdict { id } } }',
  );
  story.verdict = verdict.data.linkIdentities.verdict.id;
  const { data } = await house.ask(
    'mutation { announceCall(input: { source: "cti", sourceId: "3", agentId: "a1", ringingAt: "2026-11-20T10:00:00Z" }) { callId pop { id } } }',
  );
  story.ring = data.announceCall.callId;
  story.pop = data.announceCall.pop.id;
  story.key = (await issueKey(house.db, { name: "spare", role: "ivr" })).id;
});

// Subscriptions have entry points of their own, in test/live.
test("has a case for every root field", () => {
  const asked = Object.keys(ROOT_SCOPES).filter((name) => !name.startsWith("Subscription."));

  expect(Object.keys(ROOTS).sort()).toEqual(asked.sort());
});

async function expectToWork(name: string, { works, answers }: RootCase): Promise<void> {
  const { data, errors } = await house.ask(told(works));

  expect(errors, name).toBeUndefined();
  expect({ answers: data[fieldOf(name)] }, name).toMatchObject({ answers });
}

// Queries leave the story as it is, so one serves them all.
test("every query works", async () => {
  for (const [name, root] of cases.filter(([name]) => name.startsWith("Query."))) await expectToWork(name, root);
});

test.each(cases.filter(([name]) => name.startsWith("Mutation.")))("%s works", expectToWork);

test("every root field says what to change", async () => {
  for (const [name, { wrong, code }] of cases) {
    const { data, errors = [] } = await house.ask(told(wrong));
    const payload = data?.[fieldOf(name)];
    const faults = [
      ...errors.map(({ message, extensions }) => ({ message, ...extensions })),
      ...(payload?.userErrors ?? []),
    ];

    if (code === "NULL") expect(payload, name).toBeNull();
    else expect(faults[0], name).toMatchObject({ code, message: expect.stringMatching(/\w+ \w+/) });
  }
});

describe("strangers", () => {
  test("are refused by every root field, whatever the role that lacks the scope", async () => {
    const keys = await house.keys();
    const asked = cases.flatMap(([name, { works }]) => {
      const scope = ROOT_SCOPES[name]!;
      return ROLES.filter((role) => !scopesOf(role).has(scope)).map((role) => ({ name, works, role }));
    });

    const replies = await Promise.all(
      asked.map(async ({ name, works, role }) => ({ name, role, ...(await house.ask(told(works), {}, keys[role])) })),
    );

    const admitted = replies.filter(({ errors }) => errors?.[0]?.extensions.code !== "FORBIDDEN");
    expect(admitted).toEqual([]);
    expect(replies.length).toBeGreaterThan(30);
  });

  test("without a key see nothing at all", async () => {
    const replies = await Promise.all(cases.map(([, { works }]) => house.ask(told(works), {}, null)));

    expect(new Set(replies.map(({ status }) => status))).toEqual(new Set([401]));
  });
});

describe("personal fields", () => {
  const ask = async (query: string, role: (typeof ROLES)[number]) =>
    house.ask(told(query), {}, (await house.keys())[role]);

  test("are null with the reason for a role that may not read them, and leave the rest alone", async () => {
    const query =
      '{ customer(id: "{ann}") { displayName record { age ethnicity region } timeline { nodes { interactionNotes callReason } } } }';

    const analyst = await ask(query, "analyst");
    const agent = await ask(query, "agent");

    expect(analyst.data.customer).toEqual({
      displayName: null,
      record: { age: null, ethnicity: null, region: "north" },
      timeline: { nodes: [{ interactionNotes: null, callReason: "billing" }] },
    });
    expect(new Set(analyst.errors?.map(({ extensions }) => extensions.code))).toEqual(new Set(["FORBIDDEN"]));
    expect(agent.data.customer.record).toEqual({ age: 40, ethnicity: null, region: "north" });
    expect(agent.data.customer.timeline.nodes[0].interactionNotes).toBe("asked about her mother");
  });

  test("show ethnicity to the privacy officer and the admin alone", async () => {
    const query = '{ customer(id: "{ann}") { record { ethnicity } } }';

    const seen = await Promise.all(
      ROLES.map(async (role) => [role, (await ask(query, role)).data?.customer?.record.ethnicity ?? null]),
    );

    expect(seen.filter(([, ethnicity]) => ethnicity !== null).map(([role]) => role)).toEqual(["privacy", "admin"]);
  });

  test("disguise identities for a role that may not read them", async () => {
    const query = '{ customer(id: "{ann}") { identities { namespace value seenWith { value } } } }';

    const { data, errors } = await ask(query, "analyst");

    const value = expect.stringMatching(/^#[0-9a-f]{8}$/);
    expect(errors).toBeUndefined();
    expect(data.customer.identities).toEqual([
      { namespace: "custid", value, seenWith: [{ value: "+46*******67" }] },
      { namespace: "phone", value: "+46*******67", seenWith: [{ value }] },
    ]);
  });

  test("withhold why somebody was merged, and by whom, from a role that may not read verdicts", async () => {
    const merge = `mutation { mergeCustomers(customerIds: ["{ann}", "{bob}"], reason: "their mother said so") { customers { id } } }`;
    const query = '{ customer(id: "{ann}") { verdicts { by reason } identities { joinedBy { by reason } } } }';
    await ask(merge, "supervisor");

    const [analyst, agent] = [await ask(query, "analyst"), await ask(query, "agent")];

    const hidden = "(needs the scope verdicts:read)";
    expect(analyst.data.customer.verdicts).toContainEqual({ by: hidden, reason: hidden });
    expect(analyst.data.customer.identities[0].joinedBy).toContainEqual({ by: hidden, reason: hidden });
    expect(JSON.stringify(analyst.data)).not.toContain("mother");
    expect(agent.data.customer.verdicts).toContainEqual({ by: "supervisor", reason: "their mother said so" });
  });

  test("do not leak through provenance, previews or rejected bodies", async () => {
    const previews =
      '{ customer(id: "{ann}") { record { provenance { field source } } } mergePreview(customerIds: ["{ann}", "{bob}"]) { conflicts recordAfter { ethnicity } } }';

    const answer = await ask(previews, "supervisor");
    const rejected = await ask("{ rejections { nodes { message body } } }", "supervisor");

    expect(JSON.stringify([answer.data, rejected.data])).not.toMatch(/a secret|46701234567/);
    const named = answer.data.customer.record.provenance.map(({ field }: { field: string }) => field);
    expect(named).toContain("age");
    expect(named).not.toContain("ethnicity");
  });
});

describe("facts", () => {
  const call = (sourceId: string, more = "") =>
    `{ source: "cti", sourceId: "${sourceId}", channelType: VOICE, sessionStartTime: "2026-11-20T10:00:00Z"${more} }`;

  test("say where in a list a record is wrong, and take the others in", async () => {
    const { data } = await house.ask(
      `mutation { logInteractions(inputs: [${call("a")}, ${call("b", ", queueSeconds: -5")}]) { receipts { status userErrors { path } } userErrors { path code } } }`,
    );

    expect(data.logInteractions.receipts.map(({ status }: { status: string }) => status)).toEqual([
      "ACCEPTED",
      "REJECTED",
    ]);
    expect(data.logInteractions.userErrors).toEqual([{ path: ["inputs", "1", "queueSeconds"], code: "REJECTED" }]);
    expect(data.logInteractions.receipts[1].userErrors).toEqual([{ path: ["inputs", "1", "queueSeconds"] }]);
  });

  test("refuse the same key and revision with another body, and change nothing", async () => {
    await house.ask(`mutation { logInteraction(input: ${call("c", ', team: "red"')}) { status } }`);

    const { data } = await house.ask(
      `mutation { logInteraction(input: ${call("c", ', team: "blue"')}) { status interaction { team } userErrors { code path } } }`,
    );

    expect(data.logInteraction).toEqual({
      status: "CONFLICT",
      interaction: { team: "red" },
      userErrors: [{ code: "CONFLICT", path: ["input", "sourceId"] }],
    });
  });

  test("are refused as a whole when there are more than 500", async () => {
    const inputs = Array.from({ length: 501 }, (_, i) => ({
      source: "web",
      sourceId: `${i}`,
      identities: [],
      occurredAt: "2026-11-20T10:00:00Z",
      kind: "PAGE_VIEW",
      channel: "WEB",
    }));

    const { data } = await house.ask(
      "mutation($inputs: [TouchpointInput!]!) { recordTouchpoints(inputs: $inputs) { receipts { status } userErrors { code path } } }",
      { inputs },
    );

    expect(data.recordTouchpoints).toEqual({ receipts: [], userErrors: [{ code: "BAD_INPUT", path: ["inputs"] }] });
  });

  test("are the same whichever entry point they come through", async () => {
    await house.ask(
      `mutation { logInteraction(input: ${call("d", ', cost: { amount: 2.50, currency: "EUR" }')}) { status } }`,
    );

    const again = await house.post("/v1/interactions", {
      source: "cti",
      sourceId: "d",
      channelType: "VOICE",
      sessionStartTime: "2026-11-20T11:00:00+01:00",
      cost: { amount: "2.50", currency: "EUR" },
    });

    expect(receiptOf(await again.json()).status).toBe("REPEATED");
  });
});

interface Told {
  status: string;
  recordId: string;
  customerId: string;
}

function receiptOf(answer: unknown): Told {
  return (answer as { receipts: Told[] }).receipts[0]!;
}
