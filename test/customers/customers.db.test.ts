import { expect, test } from "vitest";
import { sql } from "../../src/db/sql.ts";
import { settingsOf } from "../../src/facts/rules.ts";
import { saveSource } from "../../src/identity/rules.repository.ts";
import { useDatabase } from "../kit/database.ts";
import { useIngest } from "../kit/ingest.ts";
import { read } from "../kit/read.ts";
import { ask, askAs } from "./reading.ts";
import { day, teller } from "./teller.ts";

const house = useDatabase();
const ingest = useIngest(house);
const { call, page, state } = teller(ingest);

const LIST = `query ($filter: CustomerFilterInput, $first: Int, $after: String, $last: Int, $before: String) {
  customers(filter: $filter, first: $first, after: $after, last: $last, before: $before) {
    totalCount
    nodes { id identities { value } }
    pageInfo { endCursor hasNextPage startCursor hasPreviousPage }
  }
}`;

const list = async (args: object = {}) => (await ask(house.db, LIST, args)).data.customers;
/** Each customer's strongest identity. */
const named = (connection: { nodes: { identities: { value: string }[] }[] }) =>
  connection.nodes.map(({ identities }) => identities[0]!.value);
const filtered = async (filter: object) => named(await list({ filter })).sort();

test("lists those who exist, once each, and nobody for a record that nothing identifies", async () => {
  await call("c1", { at: 1, custid: "1", phone: "+46701234567" });
  await page("p2", { at: 1, cookie: "k2" });
  await call("c3", { at: 1 });

  const everybody = await list();

  expect(named(everybody).sort()).toEqual(["1", "k2"]);
  expect(everybody.totalCount).toBe(2);
});

test("agrees with the view of customers, shared and merged ones included", async () => {
  await call("c1", { at: 1, custid: "1", phone: "+46701234567" });
  await call("c2", { at: 2, custid: "2", phone: "+46701234567" });
  await page("p1", { at: 1, email: "a@b.se" });
  await page("p2", { at: 2, email: "a@b.se", custid: "1" });

  const listed = await list({ first: 100 });
  const inView = await read<{ id: string }>(house.db, sql`select id from customers order by born_at desc, id desc`);

  expect(listed.nodes.map(({ id }: { id: string }) => id)).toEqual(inView.map(({ id }) => id));
});

test("walks the list in both directions, those born last first", async () => {
  for (let n = 1; n <= 5; n += 1) await page(`p${n}`, { at: 1, custid: `${n}` });
  await house.db.run(sql`update identities set born_at = ${day(1)} where value in ('1', '2', '3')`);
  const everybody = named(await list());

  const first = await list({ first: 3 });
  const rest = await list({ first: 3, after: first.pageInfo.endCursor });
  const back = await list({ last: 2, before: rest.pageInfo.startCursor });

  expect([...named(first), ...named(rest)]).toEqual(everybody);
  expect(everybody.slice(0, 2)).toEqual(["5", "4"]);
  expect([first.pageInfo.hasNextPage, rest.pageInfo.hasNextPage]).toEqual([true, false]);
  expect(named(back)).toEqual(named(first).slice(1));
  expect(back.pageInfo.hasPreviousPage).toBe(true);
});

test("filters by what survives, not by what any source says", async () => {
  await saveSource(house.db, { ...settingsOf(ingest.rules(), "crm"), rank: 1 });
  await state("crm", "1", { custid: "1" }, { region: "North", customerSegmentId: "gold", vvip: true });
  await state("shop", "1", { custid: "1" }, { region: "South", vvip: false, highRiskCustomer: true });
  await state("shop", "2", { custid: "2" }, { region: "South", vvip: false });
  await page("p3", { at: 1, cookie: "k3" });

  expect(await filtered({ regions: ["South"] })).toEqual(["2"]);
  expect(await filtered({ regions: ["North", "East"], segments: ["gold"] })).toEqual(["1"]);
  expect(await filtered({ vvip: true })).toEqual(["1"]);
  expect(await filtered({ vvip: false })).toEqual(["2", "k3"]);
  expect(await filtered({ highRisk: true })).toEqual(["1"]);
  expect(await filtered({ isAnonymous: true })).toEqual(["k3"]);
  expect(await filtered({ isAnonymous: false })).toEqual(["1", "2"]);
});

test("searches names by the beginnings of their words, in any order, and identities whole in any spelling", async () => {
  await saveSource(house.db, { ...settingsOf(ingest.rules(), "crm"), anchorIssuer: "crm-se" });
  await ingest.refresh();
  await state("crm", "1", { custid: "1001" }, { displayName: "Ann 100% Lind" });
  await state("shop", "2", { custid: "2", email: "Bo@Example.se" }, { displayName: "Bo Ek" });
  await call("c3", { at: 1, phone: "+46701234567" });

  expect(await filtered({ search: "100% LI" })).toEqual(["1001"]);
  expect(await filtered({ search: "_" })).toEqual([]);
  for (const search of ["lind ann", "Lind, Ann", "AN LI", "100 ann", "' | 'ann", "!ann", "ann & "])
    expect(await filtered({ search })).toEqual(["1001"]);
  for (const search of ["nn", "Ann Bo", "ann | bo", "ann !ek"]) expect(await filtered({ search })).toEqual([]);
  expect(await filtered({ search: "1001" })).toEqual(["1001"]);
  expect(await filtered({ search: " bo@example.SE " })).toEqual(["2"]);
  expect(await filtered({ search: "070 123 45 67" })).toEqual(["+46701234567"]);
});

test("reads a number without a country code as here, and where nobody is known by it as some source would", async () => {
  await saveSource(house.db, { ...settingsOf(ingest.rules(), "us-crm"), name: "us-crm", defaultRegion: "US" });
  await state("us-crm", "s1", { custid: "1", phone: "+15089025510" });
  await state("crm", "s2", { custid: "2", phone: "+46701234567" });
  const WHO = `query ($value: String!) { customer(identity: { namespace: "phone", value: $value }) { identities { value } } }`;
  const who = async (value: string) => (await ask(house.db, WHO, { value })).data.customer?.identities[0].value ?? null;

  expect(await who("508-902-5510")).toBe("1");
  expect(await who("070-123 45 67")).toBe("2");
  expect(await who("508-902-5511")).toBeNull();
  expect(await filtered({ search: "508-902-5510" })).toEqual(["1"]);
});

test("does not choose between two whom one number means in two countries", async () => {
  for (const [name, defaultRegion] of Object.entries({ "de-crm": "DE", "uk-crm": "GB" })) {
    await saveSource(house.db, { ...settingsOf(ingest.rules(), name), name, defaultRegion });
  }
  await state("uk-crm", "1", { custid: "1", phone: "+44201234567" });
  await state("de-crm", "2", { custid: "2", phone: "+49201234567" });

  const source = `{ customer(identity: { namespace: "phone", value: "0201 234567" }) { id } }`;
  const { data, errors } = await askAs("admin", house.db, { source, variables: {} });

  expect(data).toEqual({ customer: null });
  expect(errors?.[0]?.message).toContain("country code");
});

test("searches nothing for those who may not read names", async () => {
  const answer = await askAs("analyst", house.db, { source: LIST, variables: { filter: { search: "Ann" } } });

  expect(answer.errors.map(({ code }) => code)).toEqual(["FORBIDDEN"]);
});

test("finds who was seen in a period, its end left out", async () => {
  await call("c1", { at: 2, custid: "1" });
  await page("p2", { at: 3, custid: "2" });

  expect(await filtered({ seenIn: { from: day(2), to: day(3) } })).toEqual(["1"]);
  expect(await filtered({ seenIn: { from: day(2), to: day(4) } })).toEqual(["1", "2"]);
});

test("lists conflicts newest first, with both identities and a sentence", async () => {
  await page("p1", { at: 1, custid: "1", email: "a@b.se" });
  await page("p2", { at: 2, custid: "2", email: "a@b.se" });

  const { data } = await ask(
    house.db,
    "{ identityConflicts { totalCount nodes { kind message a { value } b { value } } } none: identityConflicts(kind: SIZE) { totalCount } }",
  );

  const { totalCount, nodes } = data.identityConflicts;
  expect(totalCount).toBe(nodes.length);
  expect(nodes.length).toBeGreaterThan(0);
  expect(nodes.flatMap(({ a, b }: Record<string, { value: string }>) => [a!.value, b!.value])).toContain("a@b.se");
  expect(data.none.totalCount).toBe(0);
});
