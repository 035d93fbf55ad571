import { expect, test } from "vitest";
import { sql } from "../../src/db/sql.ts";
import { newId } from "../../src/kit/id.ts";
import { useDatabase } from "../kit/database.ts";
import { useIngest } from "../kit/ingest.ts";
import { read } from "../kit/read.ts";
import { ask } from "./reading.ts";
import { day, teller } from "./teller.ts";

const house = useDatabase();
const ingest = useIngest(house);
const { call, page, state } = teller(ingest);

const BY_PHONE = `query ($value: String!) {
  customer(identity: { namespace: "mobilenr", value: $value }) {
    id isAnonymous
    timeline(first: 20) { nodes { id sourceId channelType sessionStartTime } pageInfo { hasNextPage } }
  }
}`;

test("finds a caller and 20 rows of the timeline in two statements, however the number is spelled", async () => {
  for (let day = 1; day <= 25; day += 1) await call(`c${day}`, { at: day, phone: "+46701234567" });

  const answer = await ask(house.db, BY_PHONE, { value: "070-123 45 67" });

  expect(answer.errors).toEqual([]);
  expect(answer.statements).toBe(2);
  expect(answer.data.customer.isAnonymous).toBe(true);
  expect(answer.data.customer.timeline.nodes.map((node: { sourceId: string }) => node.sourceId)).toEqual(
    Array.from({ length: 20 }, (_, i) => `c${25 - i}`),
  );
  expect(answer.data.customer.timeline.pageInfo.hasNextPage).toBe(true);
});

test("says why a value can mean nobody, and nothing of one that nobody has", async () => {
  const unknown = await ask(house.db, BY_PHONE, { value: "+46709999999" });
  const reasons = await Promise.all(
    ["anonymous", "0", "123"].map(async (value) => (await ask(house.db, BY_PHONE, { value })).errors[0]),
  );

  expect(unknown.data).toEqual({ customer: null });
  expect(reasons.map((error) => error?.code)).toEqual(["BAD_INPUT", "BAD_INPUT", "BAD_INPUT"]);
  expect(reasons.map((error) => /\((\w+)\)$/.exec(error!.message)?.[1])).toEqual([
    "WITHHELD",
    "PLACEHOLDER",
    "IMPOSSIBLE_NUMBER",
  ]);
});

test("asks for an id or an identity, exactly one of them", async () => {
  const neither = await ask(house.db, "{ customer { id } }");
  const both = await ask(house.db, '{ customer(id: "x", identity: { namespace: "email", value: "a@b.se" }) { id } }');
  const malformed = await ask(house.db, '{ customer(id: "x") { id } node(id: "x") { id } }');

  expect([neither, both].map(({ errors }) => errors[0]?.code)).toEqual(["BAD_INPUT", "BAD_INPUT"]);
  expect(malformed.data).toEqual({ customer: null, node: null });
});

test("follows an id that was merged away, and tells it from the survivor's", async () => {
  await page("p1", { at: 1, email: "ann@example.se" });
  const before = await ask(house.db, '{ customer(identity: { namespace: "email", value: "ann@example.se" }) { id } }');
  await state("crm", "s1", { custid: "4711", email: "ann@example.se" });

  const { data } = await ask(
    house.db,
    `query ($old: ID!) {
      followed: customer(id: $old) { id isAnonymous formerIds }
      node(id: $old) { __typename id ... on MergedCustomer { survivor { id } } }
    }`,
    { old: before.data.customer.id },
  );

  expect(data.followed.id).not.toBe(before.data.customer.id);
  expect(data.followed.isAnonymous).toBe(false);
  expect(data.followed.formerIds).toEqual([before.data.customer.id]);
  expect(data.node).toEqual({
    __typename: "MergedCustomer",
    id: before.data.customer.id,
    survivor: { id: data.followed.id },
  });
});

test("gives a shared phone to its owner now, and shows it to each as shared", async () => {
  await call("c1", { at: 1, phone: "+46701234567", custid: "1" });
  await call("c2", { at: 2, phone: "+46701234567", custid: "2" });

  const { data } = await ask(
    house.db,
    `{
      owner: customer(identity: { namespace: "phone", value: "+46701234567" }) { id }
      one: customer(identity: { namespace: "custid", value: "1" }) { id identities { namespace value isShared isPublic } }
      two: customer(identity: { namespace: "custid", value: "2" }) {
        id identities { namespace value kind isShared firstSeenAt lastSeenAt }
      }
    }`,
  );

  expect(data.owner.id).toBe(data.two.id);
  expect(data.one.identities).toEqual([
    { namespace: "custid", value: "1", isShared: false, isPublic: false },
    { namespace: "phone", value: "+46701234567", isShared: true, isPublic: false },
  ]);
  expect(data.two.identities[1]).toEqual({
    namespace: "phone",
    value: "+46701234567",
    kind: "CARRIER",
    isShared: true,
    firstSeenAt: "2026-11-01T12:00:00.000Z",
    lastSeenAt: "2026-11-02T12:00:00.000Z",
  });
});

test("calls a phone that more than 20 customers were seen with public, and nobody's", async () => {
  for (let n = 1; n <= 21; n += 1) await call(`c${n}`, { at: n, phone: "+46701234567", custid: `${n}` });

  const { data } = await ask(
    house.db,
    `{
      holder: customer(identity: { namespace: "phone", value: "+46701234567" }) {
        isAnonymous identities { value isPublic isShared }
      }
      one: customer(identity: { namespace: "custid", value: "1" }) { identities { value isPublic } }
    }`,
  );

  expect(data.holder).toEqual({
    isAnonymous: true,
    identities: [{ value: "+46701234567", isPublic: true, isShared: false }],
  });
  expect(data.one.identities).toEqual([{ value: "1", isPublic: false }]);

  await house.db.run(sql`update identities set is_public = true where value = '1'`);
  const marked = await ask(
    house.db,
    '{ customer(identity: { namespace: "custid", value: "1" }) { identities { isPublic } } }',
  );
  expect(marked.data.customer.identities).toEqual([{ isPublic: true }]);
});

test("shows what was decided about a customer's identities, newest first, withdrawn verdicts included", async () => {
  await page("p1", { at: 1, custid: "1", email: "a@b.se" });
  await page("p2", { at: 1, custid: "2" });
  const [a, b] = await read<{ id: string }>(
    house.db,
    sql`select id from identities where namespace = 'custid' order by value`,
  );
  await house.db.run(sql`
    insert into verdicts (id, kind, left_ids, right_ids, decided_by, decided_at, reason, withdrawn_at)
    values
      (${newId()}::uuid, 'NEVER', array[${a!.id}::uuid], array[${b!.id}::uuid], 'eva', ${day(1)}, 'Twins.', ${day(3)}),
      (${newId()}::uuid, 'MUST', array[${a!.id}::uuid, ${b!.id}::uuid], '{}', 'eva', ${day(3)}, 'One and the same.', null)
  `);

  const verdicts = "verdicts { kind left { value } right { value } by at reason withdrawnAt }";
  const { data } = await ask(house.db, `{ customer(identity: { namespace: "custid", value: "2" }) { ${verdicts} } }`);

  expect(data.customer.verdicts).toEqual([
    {
      kind: "MUST",
      left: [{ value: "1" }, { value: "2" }],
      right: [],
      by: "eva",
      at: day(3).toISOString(),
      reason: "One and the same.",
      withdrawnAt: null,
    },
    {
      kind: "NEVER",
      left: [{ value: "1" }],
      right: [{ value: "2" }],
      by: "eva",
      at: day(1).toISOString(),
      reason: "Twins.",
      withdrawnAt: day(3).toISOString(),
    },
  ]);
});

test("costs as many statements for 50 customers with every edge as for one", async () => {
  for (let n = 1; n <= 50; n += 1) {
    await call(`c${n}`, { at: 1 + (n % 20), phone: `+4670123${4000 + n}`, custid: `${n}` });
    await page(`p${n}`, { at: 2, custid: `${n}` });
    await state("crm", `s${n}`, { custid: `${n}` }, { displayName: `Number ${n}`, vvip: n % 2 === 0 });
  }

  const one = await ask(house.db, EVERY_EDGE, { first: 1 });
  const fifty = await ask(house.db, EVERY_EDGE, { first: 50 });

  expect([...one.errors, ...fifty.errors]).toEqual([]);
  expect(fifty.data.customers.nodes).toHaveLength(50);
  expect(fifty.statements).toBe(one.statements);
});

const EVERY_EDGE = `query ($first: Int!) {
  customers(first: $first) {
    totalCount
    nodes {
      id displayName formerIds createdAt
      identities {
        value firstSeenAt lastSeenAt isShared isPublic
        seenWith { value records sources firstAt lastAt lastRecordId }
        joinedBy { id by at reason }
      }
      record { vvip device commonChannels tenureMonths provenance { field source isDerived } }
      summary { interactionCount callsLast30Days byChannel { channel interactions } }
      signals { code }
      verdicts { id left { value } right { value } }
      recentTouchpoints(first: 5) { id stage name interaction { id customer { id } } customer { id } }
      timeline(first: 5) {
        totalCount
        nodes { id dataQuality { field } customer { id displayName } touchpoints(first: 5) { totalCount nodes { id stage interaction { id } } } }
      }
    }
  }
}`;
