import { expect, test } from "vitest";
import { ask } from "../customers/reading.ts";
import { day, teller } from "../customers/teller.ts";
import { useDatabase } from "../kit/database.ts";
import { useIngest } from "../kit/ingest.ts";

const house = useDatabase();
const ingest = useIngest(house);
const { call, leg, page } = teller(ingest);

const TIMELINE = `query ($first: Int, $after: String, $last: Int, $before: String, $channels: [Channel!], $period: PeriodInput) {
  customer(identity: { namespace: "custid", value: "1" }) {
    timeline(first: $first, after: $after, last: $last, before: $before, channels: $channels, period: $period) {
      totalCount
      edges { cursor node { sourceId } }
      nodes { sourceId }
      pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
    }
  }
}`;

const timeline = async (args: object = {}) => (await ask(house.db, TIMELINE, args)).data.customer.timeline;
const idsOf = (connection: { nodes: { sourceId: string }[] }) => connection.nodes.map((node) => node.sourceId);

test("walks the whole timeline in both directions, each row once, also where many start at the same instant", async () => {
  for (let n = 1; n <= 7; n += 1) {
    await call(`c${n}`, { at: n < 5 ? 3 : n, custid: "1", sequence: n % 2 ? n : null });
  }
  const everything = idsOf(await timeline());

  const forward: string[] = [];
  for (let after: string | null = null, more = true; more; ) {
    const page = await timeline({ first: 2, after });
    forward.push(...idsOf(page));
    after = page.pageInfo.endCursor;
    more = page.pageInfo.hasNextPage;
  }
  const backward: string[] = [];
  for (let before: string | null = null, more = true; more; ) {
    const page = await timeline({ last: 3, before });
    backward.unshift(...idsOf(page));
    before = page.pageInfo.startCursor;
    more = page.pageInfo.hasPreviousPage;
  }

  expect(everything).toHaveLength(7);
  expect(everything.slice(0, 3)).toEqual(["c7", "c6", "c5"]);
  expect(forward).toEqual(everything);
  expect(backward).toEqual(everything);
});

test("counts the whole list whatever the page, and only what the arguments ask for", async () => {
  await call("c1", { at: 1, custid: "1" });
  await leg("l2", { at: 2, custid: "1" });
  await call("c3", { at: 3, custid: "1" });

  const [voice, early] = [
    await timeline({ first: 1, channels: ["VOICE"] }),
    await timeline({ first: 1, period: { from: day(1), to: day(3) } }),
  ];

  expect([voice.totalCount, idsOf(voice)]).toEqual([2, ["c3"]]);
  expect([early.totalCount, idsOf(early)]).toEqual([2, ["l2"]]);
});

test("refuses pages of no size, of both kinds, and cursors that are not of this list", async () => {
  await call("c1", { at: 1, custid: "1" });
  const forged = (place: unknown) => Buffer.from(JSON.stringify(place)).toString("base64url");
  const refused = [
    { first: 0 },
    { last: 101 },
    { first: 1, last: 1 },
    { after: "" },
    { after: "nonsense" },
    { before: forged([1]) },
    { before: forged([8.64e15, 1, "VOICE", "00000000-0000-0000-0000-000000000000"]) },
    { before: forged([0, 1, "TELEX", "00000000-0000-0000-0000-000000000000"]) },
    // As the list gave them before interactions had a sequence.
    { before: forged([0, "00000000-0000-0000-0000-000000000000"]) },
    { after: forged([0, "' or 1=1"]) },
  ];

  const codes = await Promise.all(refused.map(async (args) => (await ask(house.db, TIMELINE, args)).errors[0]?.code));

  expect(codes).toEqual(refused.map(() => "BAD_INPUT"));
});

test("shows a visit across a log-in once, from its least start to its greatest end", async () => {
  await page("p1", { at: 1, ecid: "e1", sessionId: "s1" });
  await page("p2", { at: 1.01, ecid: "e1", custid: "1", sessionId: "s1" });
  await page("p3", { at: 1.02, ecid: "e1", custid: "1", sessionId: "s1", endedAt: day(1.03) });

  const { data } = await ask(
    house.db,
    `{
      customer(identity: { namespace: "custid", value: "1" }) {
        summary { interactionCount touchpointCount byChannel { channel interactions } }
        timeline {
          totalCount
          nodes { id sourceId sessionStartTime sessionEndTime sessionSeconds touchpoints { totalCount nodes { id interaction { id } } } }
        }
      }
      interaction(source: "web", sourceId: "s1") { id touchpoints(last: 1) { nodes { endedAt } } }
      interactions { totalCount nodes { id } }
    }`,
  );

  const [visit, ...others] = data.customer.timeline.nodes;
  expect(others).toEqual([]);
  expect(data.customer.timeline.totalCount).toBe(1);
  expect([visit.sessionStartTime, visit.sessionEndTime]).toEqual([day(1).toISOString(), day(1.03).toISOString()]);
  expect(visit.touchpoints.totalCount).toBe(3);
  expect(visit.touchpoints.nodes.map((node: { interaction: object }) => node.interaction)).toEqual(
    Array(3).fill({ id: visit.id }),
  );
  expect(data.customer.summary).toEqual({
    interactionCount: 1,
    touchpointCount: 3,
    byChannel: [{ channel: "WEB", interactions: 1 }],
  });
  expect(data.interaction).toEqual({ id: visit.id, touchpoints: { nodes: [{ endedAt: day(1.03).toISOString() }] } });
  expect(data.interactions).toEqual({ totalCount: 1, nodes: [{ id: visit.id }] });
});

test("puts touchpoints before, at and after the first form or call, over all channels", async () => {
  await page("p1", { at: 1, custid: "1", name: "home" });
  await call("c2", { at: 2, custid: "1", callReason: "billing" });
  await page("p3", { at: 3, custid: "1", kind: "FORM", name: "contact" });

  const { data } = await ask(
    house.db,
    `{ customer(identity: { namespace: "custid", value: "1" }) {
      recentTouchpoints { id kind name stage interaction { sourceId } }
    } }`,
  );

  expect(
    data.customer.recentTouchpoints.map(({ kind, name, stage }: Record<string, string>) => [kind, name, stage]),
  ).toEqual([
    ["FORM", "contact", "POST_LEAD"],
    ["CALL", "billing", "LEAD"],
    ["PAGE_VIEW", "home", "EARLY"],
  ]);
  expect(data.customer.recentTouchpoints[1].interaction.sourceId).toBe("c2");
});

test("finds everything again by its id, and nothing by an unknown one", async () => {
  await page("p1", { at: 1, custid: "1", name: "home" });
  await call("c2", { at: 2, custid: "1" });
  await call("bad", { at: 3, custid: "1", durationSeconds: -1 });
  const { data } = await ask(
    house.db,
    `{
      customer(identity: { namespace: "custid", value: "1" }) { id recentTouchpoints { id } timeline { nodes { id } } }
      rejections { nodes { id } }
    }`,
  );
  const known: [string, string][] = [
    ["Customer", data.customer.id],
    ...data.customer.recentTouchpoints.map(({ id }: { id: string }): [string, string] => ["Touchpoint", id]),
    ...data.customer.timeline.nodes.map(({ id }: { id: string }): [string, string] => ["Interaction", id]),
    ...data.rejections.nodes.map(({ id }: { id: string }): [string, string] => ["Rejection", id]),
  ];
  const unknown = "00000000-0000-8000-8000-000000000000";

  const one = await ask(house.db, NODES, { ids: [known[0]![1]] });
  const all = await ask(house.db, NODES, { ids: [...known.map(([, id]) => id), unknown, "nonsense"] });

  expect(known).toHaveLength(6);
  expect(known[1]![1]).toMatch(/:leg$/);
  expect(all.data.nodes).toEqual([...known.map(([name, id]) => ({ __typename: name, id })), null, null]);
  expect(all.statements).toBe(one.statements);
});

const NODES = "query ($ids: [ID!]!) { nodes(ids: $ids) { __typename id } }";

test("shows what was refused without what it said", async () => {
  await call("bad", { at: 3, custid: "1", durationSeconds: -1, metadata: { deep: ["secret", null] } });

  const { data } = await ask(
    house.db,
    `{ rejections(source: "phone-system") { totalCount nodes { sourceId reason stage body } } other: rejections(reason: "NONE") { totalCount } }`,
  );

  expect(data.rejections.nodes).toEqual([
    {
      sourceId: "bad",
      reason: "NEGATIVE_LENGTH",
      stage: "validate",
      body: {
        source: "…",
        sourceId: "…",
        startedAt: "…",
        durationSeconds: "…",
        identities: [{ namespace: "…", value: "…" }],
        metadata: { deep: ["…", null] },
      },
    },
  ]);
  expect([data.rejections.totalCount, data.other.totalCount]).toEqual([1, 0]);
});

test("lists interactions by what is asked of them", async () => {
  await call("c1", {
    at: 1,
    custid: "1",
    callReason: "billing",
    agentId: "eva",
    isResolved: false,
    outcome: "HANDLED",
  });
  await call("c2", { at: 2, custid: "2", callReason: "moving", team: "blue", isResolved: true });
  await leg("l3", { at: 3, custid: "3", department: "sales", callCentreId: "north" });
  const listed = async (filter: object) => {
    const query = "query ($filter: InteractionFilterInput) { interactions(filter: $filter) { nodes { sourceId } } }";
    return idsOf((await ask(house.db, query, { filter })).data.interactions);
  };

  expect(await listed({})).toEqual(["l3", "c2", "c1"]);
  expect(await listed({ callReasons: ["billing", "moving"], outcomes: ["HANDLED"] })).toEqual(["c1"]);
  expect(await listed({ teams: ["blue"] })).toEqual(["c2"]);
  expect(await listed({ departments: ["sales"], callCentreIds: ["north"], sources: ["desk"] })).toEqual(["l3"]);
  expect(await listed({ isResolved: false, agentIds: ["eva"] })).toEqual(["c1"]);
  expect(await listed({ channels: ["VOICE"], period: { from: day(2), to: day(3) } })).toEqual(["c2"]);
});
