import { beforeEach, describe, expect, test } from "vitest";
import { createKey, type KeyWish } from "../../src/keys/keys.ts";
import { useApp } from "../app/use-app.ts";

// A key that is bound to teams or call centres, asked through every door that shows interactions or counts them.

const house = useApp();
const ANN = [{ namespace: "custid", value: "1" }];
const LEGS = {
  loans: { team: "loans", callCentreId: "leeds", agentId: "ann" },
  cards: { team: "cards", callCentreId: "leeds", agentId: "bob" },
  york: { team: "loans", callCentreId: "york", agentId: "cat" },
  teamless: { agentId: "dan" },
  menu: {},
};
type Leg = keyof typeof LEGS;

beforeEach(async () => {
  const legs = Object.entries(LEGS).map(([sourceId, more], i) => ({
    ...{ source: "cti", sourceId, identities: ANN, startedAt: `2026-11-20T09:0${i}:00Z`, durationSeconds: 60 },
    ...more,
  }));
  expect((await house.post("/v1/calls", legs)).status).toBe(200);
});

const bound = (wish: Partial<KeyWish>) => createKey(house.db, { name: "key", role: "supervisor", ...wish });
const NODES = "nodes { sourceId } totalCount";
const PERIOD = 'period: { from: "2026-11-20T00:00:00Z", to: "2026-11-21T00:00:00Z" }';
const CUSTOMER = '(identity: { namespace: "custid", value: "1" })';
const TIMELINE = `{ customer${CUSTOMER} { timeline(first: 50) { ${NODES} } } }`;

/** What each door shows of the five legs. */
async function shownTo(key: string): Promise<Record<string, string[]>> {
  const ask = async (query: string) => (await house.ask(query, {}, key)).data;
  const sorted = (rows: { sourceId: string }[]) => rows.map(({ sourceId }) => sourceId).sort();
  const { interactions } = await ask(`{ interactions(first: 50) { ${NODES} } }`);
  const { customer } = await ask(
    `{ customer${CUSTOMER} { timeline(first: 50) { ${NODES} } recentTouchpoints(first: 50) { interaction { sourceId } } } }`,
  );
  expect([interactions.totalCount, customer.timeline.totalCount]).toEqual(Array(2).fill(interactions.nodes.length));
  const named = Object.keys(LEGS).map(async (leg) => {
    const { interaction } = await ask(`{ interaction(source: "cti", sourceId: "${leg}") { id sourceId } }`);
    return interaction;
  });
  const ids = await idsOfLegs();
  const { nodes } = await ask(`{ nodes(ids: ${JSON.stringify(ids)}) { ... on Interaction { sourceId } } }`);
  const { moments } = await ask(
    `{ moments: nodes(ids: ${JSON.stringify(ids.map((id) => `${id}:leg`))}) { ... on Touchpoint { interaction { sourceId } } } }`,
  );
  const isThere = <Row>(row: Row | null): row is Row => row !== null;
  return {
    list: sorted(interactions.nodes),
    timeline: sorted(customer.timeline.nodes),
    recent: sorted(customer.recentTouchpoints.map((one: { interaction: { sourceId: string } }) => one.interaction)),
    named: sorted((await Promise.all(named)).filter(isThere)),
    nodes: sorted(nodes.filter(isThere)),
    moments: sorted(moments.filter(isThere).map((one: { interaction: { sourceId: string } }) => one.interaction)),
  };
}

async function idsOfLegs(): Promise<string[]> {
  const { data } = await house.ask("{ interactions(first: 50) { nodes { id } } }");
  return data.interactions.nodes.map(({ id }: { id: string }) => id);
}

describe("interactions", () => {
  test.each<[string, Partial<KeyWish>, Leg[]]>([
    ["nothing", {}, ["cards", "loans", "menu", "teamless", "york"]],
    ["a team", { teams: ["loans"] }, ["loans", "menu", "york"]],
    ["two teams", { teams: ["loans", "cards"] }, ["cards", "loans", "menu", "york"]],
    ["a call centre", { callCentreIds: ["leeds"] }, ["cards", "loans", "menu"]],
    ["a team in a call centre", { teams: ["loans"], callCentreIds: ["leeds"] }, ["loans", "menu"]],
    ["a team, and its own agent", { teams: ["cards"], agentId: "dan" }, ["cards", "menu", "teamless"]],
  ])("are shown to a key that is bound to %s alike through every door", async (_, wish, legs) => {
    const shown = await shownTo(await bound(wish));

    for (const [door, seen] of Object.entries(shown)) expect({ [door]: seen }).toEqual({ [door]: legs });
  });

  test("are shown to an agent of a team as they are to its supervisor", async () => {
    const agent = await bound({ role: "agent", agentId: "ann", teams: ["loans"] });

    const { data } = await house.ask(TIMELINE, {}, agent);

    expect(data.customer.timeline.totalCount).toBe(3);
  });
});

describe("what is counted of a customer", () => {
  const minutesAgo = (minutes: number) => new Date(Date.now() - minutes * 60_000).toISOString();
  const BOB = [
    { namespace: "custid", value: "2" },
    { namespace: "phone", value: "+46701234567" },
  ];

  beforeEach(async () => {
    const record = { source: "crm", sourceId: "bob", observedAt: minutesAgo(90), identities: BOB, region: "north" };
    const legs = Object.entries(LEGS).map(([sourceId, more], i) => ({
      ...{ source: "cti", sourceId: `bob ${sourceId}`, identities: BOB, startedAt: minutesAgo(60 - i) },
      ...{ callReason: sourceId, isResolved: false, ...more },
    }));
    await house.post("/v1/customers", record);
    expect((await house.post("/v1/calls", legs)).status).toBe(200);
  });

  test.each<[string, Partial<KeyWish>, Leg[]]>([
    ["nothing", {}, ["cards", "loans", "menu", "teamless", "york"]],
    ["a team", { teams: ["loans"] }, ["loans", "menu", "york"]],
    ["a team of one leg", { teams: ["cards"], callCentreIds: ["york"] }, ["menu"]],
  ])("is what a key may read that is bound to %s", async (_, wish, legs) => {
    const key = await bound(wish);
    const who = '(identity: { namespace: "custid", value: "2" })';

    const { data } = await house.ask(
      `{ customer${who} { summary { interactionCount touchpointCount callsLast30Days unresolvedCount lastCallReason byChannel { interactions } } } }`,
      {},
      key,
    );
    const reply = await fetch(`${house.url}/v1/callers?custid=2`, { headers: { "x-api-key": key } });
    const card = (await reply.json()) as Record<string, string>;

    const latest = Object.keys(LEGS).findLast((leg) => legs.includes(leg as Leg))!;
    const count = legs.length;
    expect(data.customer.summary).toEqual({
      ...{ interactionCount: count, touchpointCount: count, callsLast30Days: count, unresolvedCount: count },
      ...{ lastCallReason: latest, byChannel: [{ interactions: count }] },
    });
    expect(card).toMatchObject({ lastCallReason: latest, unresolvedReason: latest, isRepeatCaller: `${count > 1}` });
  });

  test("has a leg's own touchpoints where it has the leg", async () => {
    const menu = { source: "ivr", identities: BOB, sessionId: "m", team: "cards" };
    const prompt = { source: "ivr", identities: BOB, sessionId: "m", channel: "IVR", kind: "PROMPT", name: "Balance" };
    const [began, heard] = [minutesAgo(20), minutesAgo(19)];
    await house.post("/v1/interactions", { ...menu, sourceId: "m", channelType: "IVR", sessionStartTime: began });
    await house.post("/v1/touchpoints", { ...prompt, sourceId: "m-1", occurredAt: heard });
    const countFor = async (wish: Partial<KeyWish>) => {
      const asked = '{ customer(identity: { namespace: "custid", value: "2" }) { summary { touchpointCount } } }';
      return (await house.ask(asked, {}, await bound(wish))).data.customer.summary.touchpointCount;
    };

    expect(await countFor({})).toBe(7);
    expect(await countFor({ teams: ["cards"] })).toBe(4);
    expect(await countFor({ teams: ["loans"] })).toBe(3);
  });

  test("is what is derived of what they did with the key's own teams", async () => {
    const visit = { source: "branch", sourceId: "1", channelType: "BRANCH", sessionStartTime: minutesAgo(30) };
    await house.post("/v1/interactions", { ...visit, identities: BOB, ...LEGS.cards });
    const visitsFor = async (wish: Partial<KeyWish>) => {
      const asked = '{ customer(identity: { namespace: "custid", value: "2" }) { record { branchVisits } } }';
      return (await house.ask(asked, {}, await bound(wish))).data.customer.record.branchVisits;
    };

    expect(await visitsFor({ teams: ["cards"] })).toBe(1);
    expect(await visitsFor({ teams: ["loans"] })).toBeNull();
  });

  test("says of nobody that they were seen with another team", async () => {
    const period = `{ from: "${minutesAgo(59.5)}", to: "${minutesAgo(58.5)}" }`;
    const ask = async (wish: Partial<KeyWish>) =>
      (await house.ask(`{ customers(filter: { seenIn: ${period} }) { totalCount } }`, {}, await bound(wish))).data
        .customers;

    expect(await ask({ teams: ["cards"] })).toEqual({ totalCount: 1 });
    expect(await ask({ teams: ["loans"] })).toEqual({ totalCount: 0 });
  });
});

describe("figures", () => {
  const kpis = (filter = "") => `{ contactCentreKpis(input: { ${PERIOD} ${filter} }) { rows { legs } } }`;
  const codeOf = ({ errors }: { errors?: { extensions: { code: string } }[] }) => errors?.[0]?.extensions.code;

  test("are those of the key's own teams", async () => {
    const key = await bound({ teams: ["loans"] });

    const own = await house.ask(kpis(), {}, key);
    const narrowed = await house.ask(kpis('filter: { teams: ["loans"], callCentreIds: ["york"] }'), {}, key);
    const others = await house.ask(kpis('filter: { teams: ["cards"] }'), {}, key);

    expect(own.data.contactCentreKpis.rows).toEqual([{ legs: 2 }]);
    expect(narrowed.data.contactCentreKpis.rows).toEqual([{ legs: 1 }]);
    expect(codeOf(others)).toBe("FORBIDDEN");
  });

  const CARDS = '{ teams: ["cards"] }';
  const SEQUENCE = `{ steps: [{ match: ${CARDS} }, { match: {} }] }`;
  test.each([
    `audience: { did: ${CARDS} }`,
    `matcher: { sequence: ${SEQUENCE} }`,
    `matcher: { not: { sequence: ${SEQUENCE} } }`,
    `facets: [{ name: "cards first", sequence: ${SEQUENCE} }]`,
    `groupByCarried: [{ dimension: TEAM, expiry: { container: CUSTOMER } }]`,
    `groupByCarried: [{ dimension: PAGE, expiry: { container: CUSTOMER, event: ${CARDS} } }]`,
    `groupByCarried: [{ dimension: PAGE }]`,
    `facets: [{ name: "no cards", matcher: { not: { not: { sequence: ${SEQUENCE} } } } }]`,
  ])("do not tell by %s what their customers did with others", async (looks) => {
    const teamLeads = await house.ask(kpis(looks), {}, await bound({ teams: ["loans"] }));
    const agents = await house.ask(kpis(looks), {}, await bound({ role: "agent", agentId: "ann" }));
    const everybodys = await house.ask(kpis(looks), {}, await bound({}));

    expect([codeOf(teamLeads), codeOf(agents)]).toEqual(["FORBIDDEN", "FORBIDDEN"]);
    expect(everybodys.errors).toBeUndefined();
  });

  test("are carried from pages, which nobody handled", async () => {
    const carried = "groupByCarried: [{ dimension: PAGE, expiry: { container: CUSTOMER } }]";

    const { data } = await house.ask(kpis(carried), {}, await bound({ teams: ["loans"] }));

    expect(data.contactCentreKpis.rows).toEqual([{ legs: 2 }]);
  });

  test("of everybody's journeys are none of theirs, over /v1 and as CSV too", async () => {
    const key = await bound({ teams: ["loans"] });
    const headers = { authorization: `Bearer ${key}`, accept: "text/csv" };
    const period = { from: "2026-11-20T00:00:00Z", to: "2026-11-21T00:00:00Z" };

    const own = await house.post("/v1/reports/contact-centre-kpis", { period }, headers);
    const all = await house.post("/v1/reports/channel-performance", { period }, headers);

    expect(own.status).toBe(200);
    expect(all.status).toBe(403);
  });
});
