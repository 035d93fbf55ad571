import { expect, onTestFinished, test } from "vitest";
import type { Snapshot } from "../../src/db/snapshot.ts";
import { type Sql, sql } from "../../src/db/sql.ts";
import { type Attribute, attributeOf } from "../../src/fields/derive/attributes.ts";
import { customersOf, recordChanges } from "../../src/identity/changes.repository.ts";
import { ATTRIBUTE_LIMITS } from "../../src/journeys/attributes.repository.ts";
import { attached, type Followed, follow } from "../../src/journeys/follow.ts";
import { bytesOf } from "../../src/journeys/kept.ts";
import { openStore } from "../../src/journeys/store.ts";
import { useDatabase } from "../kit/database.ts";
import { journeysOf } from "../kit/workers.ts";
import { versionOf } from "../reports/kit/journeys.ts";
import { customerOf } from "../reports/kit/rows.ts";
import { at, given, type Person } from "../reports/kit/world.ts";
import { spelled } from "./spelled.ts";

const house = useDatabase();
const attributes = ["age", "extra.tariff", "products", "metadata.branch", "sessionSeconds", "employmentType"].map(
  (name) => attributeOf(name)!,
);
const look = (before: Followed | null) => house.db.atOneInstant((snapshot) => follow(snapshot, before, { attributes }));

/** Two calls of each. Six hundred customers are more than there are partitions, so that some lie beside others. */
const people = Object.fromEntries(
  Array.from({ length: 600 }, (_, i): [string, Person] => {
    const call = (time: string) => ({
      at: at(time),
      until: at("10:00"),
      channel: "VOICE",
      kind: "CALL",
      columns: { metadata: { branch: `b${i % 7}` }, session_end_time: at("10:00") },
    });
    const columns = { age: i % 90, extra: { tariff: `t${i % 5}` }, employment_type: `e${i % 3}` };
    return [`p${i}`, { events: [call("09:00"), call("09:30")], products: ["card"], columns }];
  }),
);

test("of customers who lie beside others who changed, what is said stays as it was, and of these it is read again", async () => {
  await given(house.db, people);
  const before = await look(null);
  const changed = Array.from({ length: 100 }, (_, i) => customerOf(`p${i * 3}`));
  await house.db.run(
    sql`update customer_records set age = 99, products = '{loan}' where customer_id = any(${changed}::uuid[])`,
  );
  await house.db.run(
    sql`update interactions set metadata = '{"branch": "new"}' where customer_id = any(${changed}::uuid[])`,
  );
  await house.db.run(sql`delete from interactions where customer_id = ${changed[0]!}::uuid`);
  await recordChanges(house.db, customersOf(changed));

  const followed = await look(before);

  const rows = spelled(followed);
  expect(rows).toEqual(spelled(await look(null)));
  expect(rows.filter((row) => row.age === 99)).toHaveLength(99);
  expect(rows.filter((row) => row["metadata.branch"] === "new")).toHaveLength(198);
  expect(rows.filter((row) => row.sessionSeconds === 3600)).toHaveLength(599);
});

test("an attribute of more texts than memory should hold is refused, however they came, and keeps nobody else from an answer", async () => {
  const { texts } = ATTRIBUTE_LIMITS;
  Object.assign(ATTRIBUTE_LIMITS, { texts: 200 });
  onTestFinished(() => void Object.assign(ATTRIBUTE_LIMITS, { texts }));
  await given(house.db, { ann: "call billing 09:00", bob: "call billing 10:00" });
  const stating = (from: number, to: number, last: string) => sql`
    insert into customer_records (id, subject_id, customer_id, source, source_id, observed_at, ingested_at, stated, stated_by, identities, products, extra)
    select gen_random_uuid(), r.id, case when n = ${to}::int then ${customerOf(last)}::uuid else gen_random_uuid() end, 'crm', n::text, now(), now(), '{}', '{}', '{}', '{}', json_build_object('id', n)
    from generate_series(${from}::int, ${to}::int) n
    cross join (select id from identities limit 1) r`;
  await house.db.run(stating(1, 200, "ann"));
  const journeys = journeysOf(house.db).seenBy(new Set(["customers:personal"]));
  const ids = journeys.reading([attributeOf("extra.id")!]);
  expect((await versionOf(ids)).partitions.some(({ attributes }) => "extra.id" in attributes)).toBe(true);

  await house.db.run(stating(201, 201, "bob"));
  await recordChanges(house.db, customersOf([customerOf("bob")]));

  await expect(versionOf(ids)).rejects.toThrow("`extra.id` has more than 200 different texts: name another attribute.");
  const { partitions } = await versionOf(journeys.reading([attributeOf("extra.other")!]));
  expect(partitions.some(({ attributes }) => "extra.other" in attributes)).toBe(true);
});

test("an attribute that cannot be read again fails for who asks for it, and for nobody else", async () => {
  await given(house.db, { ann: "call billing 09:00", bob: "call billing 10:00" });
  await house.db.run(sql`update interactions set cost_amount = 7, cost_currency = 'EUR'`);
  const store = openStore(house.db, { follow, room: Number.POSITIVE_INFINITY });
  const [cost, age] = ["cost.EUR", "age"].map((own) => [attributeOf(own)!]);
  await store.read(cost);
  await house.db.run(sql`update interactions set cost_amount = '1e400' where customer_id = ${customerOf("bob")}::uuid`);
  await recordChanges(house.db, customersOf([customerOf("bob")]));

  const others = await store.read(age);
  const asked = await store.read(cost);

  expect(others.attributes.map(({ name }) => name)).toEqual(["age"]);
  expect(others.partitions.some(({ attributes }) => "cost.EUR" in attributes)).toBe(false);
  expect([...asked.failed.keys()]).toEqual(["cost.EUR"]);
});

test("attributes take no more memory than there is beside the columns: what was asked for last stays", async () => {
  await given(house.db, people);
  const none = await house.db.atOneInstant((snapshot) => follow(snapshot, null));
  const [age, branch, tariff] = ["age", "metadata.branch", "extra.tariff"].map((name) => attributeOf(name)!);
  // Ages are doubles of 600 customers, branches and tariffs are numbers of 1,200 legs and 600 customers.
  const room = bytesOf(none.partitions) + 600 * 8 + 1_200 * 4;
  const asking = (attributes: Attribute[]) =>
    house.db.atOneInstant((snapshot) => attached(snapshot, none, { attributes, room }));
  const names = async (attributes: Attribute[]) => (await asking(attributes)).attributes.map(({ name }) => name);

  expect(await names([age!, branch!])).toEqual(["age", "metadata.branch"]);
  expect(await names([age!, branch!, tariff!])).toEqual(["metadata.branch", "extra.tariff"]);
  const { failed } = await asking([age!, branch!, tariff!]);
  expect([...failed.entries()]).toEqual([
    ["age", expect.objectContaining({ message: expect.stringContaining("give C360_REPORTS_MEMORY_MB 1 or more") })],
  ]);
});

test.each([
  ["a value that is too large", "cost.EUR"],
  ["a statement that the database does not take", "metadata.\u0000"],
])("an attribute whose reading fails for %s fails for nobody else, at the same time or later", async (_, name) => {
  await given(house.db, { ann: "call billing 09:00" });
  await house.db.run(sql`update interactions set cost_amount = '1e400', cost_currency = 'EUR'`);
  const store = openStore(house.db, { follow, room: Number.POSITIVE_INFINITY });
  const [failing, age, branch] = [name, "age", "metadata.branch"].map((own) => [attributeOf(own)!]);
  let meanwhile: Promise<Followed> | undefined;
  const whileItIsRead = async () => {
    meanwhile = store.read(failing);
  };

  const asked = store.ask(whileItIsRead, { signal: undefined, limitMs: 0 });
  const [first, shared] = await Promise.all([store.read(failing), store.read(age), asked]);
  const again = (await meanwhile)!;
  const next = await store.read(branch);

  expect(shared).toBe(first);
  for (const { failed, attributes } of [first, again]) {
    expect([...failed.keys()]).toEqual([name]);
    expect(attributes.map((one) => one.name)).toEqual(["age"]);
  }
  expect(next.failed).toEqual(new Map());
  expect(next.attributes.map((one) => one.name)).toEqual(["age", "metadata.branch"]);
});

test("a report about what cannot be read fails, and the next report is answered", async () => {
  await given(house.db, { ann: "call billing 09:00" });
  const journeys = journeysOf(house.db).seenBy(new Set(["interactions:notes"]));
  const failing = versionOf(journeys.reading([attributeOf("metadata.\u0000")!]));
  await expect(failing).rejects.toMatchObject({ code: "08P01" });

  const { partitions } = await versionOf(journeys);

  expect(Object.keys(partitions[0]!.attributes)).toEqual([]);
});

test("an attribute that could not be read is read once it can be", async () => {
  await given(house.db, { ann: "call billing 09:00" });
  await house.db.run(sql`update interactions set cost_amount = '1e400', cost_currency = 'EUR'`);
  const journeys = journeysOf(house.db).reading([attributeOf("cost.EUR")!]);
  await expect(versionOf(journeys)).rejects.toMatchObject({ code: "22003" });
  await house.db.run(sql`update interactions set cost_amount = 7`);

  const { partitions } = await versionOf(journeys);

  expect(partitions.flatMap(({ attributes }) => [...attributes["cost.EUR"]!])).toEqual([7]);
});

test("an attribute whose reading takes the connection along is not tried for who asks for something else", async () => {
  const cut = sql`select pg_terminate_backend(pg_backend_pid())`;
  const isOfIt = ({ text }: Sql) => /metadata/.test(text);
  let cuts = 0;
  const open = journeysOf({
    atOneInstant: (work) =>
      house.db.atOneInstant((snapshot) => {
        const copy: Snapshot["copy"] = (statement, each) => {
          if (!isOfIt(statement)) return snapshot.copy(statement, each);
          cuts += 1;
          return snapshot.copy(cut, each);
        };
        return work({ ...snapshot, copy });
      }),
  });
  const journeys = open.seenBy(new Set(["interactions:notes"]));
  await given(house.db, { ann: "call billing 09:00" });

  await expect(versionOf(journeys.reading([attributeOf("metadata.branch")!]))).rejects.toThrow();
  const next = await versionOf(journeys.reading([attributeOf("cost.EUR")!]));

  expect(Object.keys(next.partitions[0]!.attributes)).toEqual(["cost.EUR"]);
  expect(cuts).toBe(1);
});

test("attributes that nobody asked for lately make room for others", async () => {
  await given(house.db, { ann: "call billing 09:00" });
  const journeys = journeysOf(house.db).seenBy(new Set(["customers:personal"]));
  const asking = async (name: string) => (await versionOf(journeys.reading([attributeOf(name)!]))).partitions[0]!;

  for (let i = 0; i < 16; i += 1) await asking(`extra.k${i}`);
  await asking("extra.k0");
  const last = await asking("extra.k16");

  expect(Object.keys(last.attributes)).toHaveLength(16);
  expect(last.attributes).toHaveProperty(["extra.k0"]);
  expect(last.attributes).not.toHaveProperty(["extra.k1"]);
});
