import { expect, test } from "vitest";
import { pairsSql } from "../../src/customers/tie.loader.ts";
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

const TIES = `query ($value: String!) {
  customer(identity: { namespace: "custid", value: $value }) {
    identities { value seenWith { value records sources firstAt lastAt lastSource lastRecordId } joinedBy { by reason } }
  }
}`;

interface Tied {
  value: string;
  seenWith: { value: string; records: number | null; lastRecordId: string }[];
  joinedBy: { by: string; reason: string }[];
}

async function tiesOf(custid: string): Promise<Record<string, Tied>> {
  const { data, errors } = await ask(house.db, TIES, { value: custid });
  expect(errors).toEqual([]);
  return Object.fromEntries(data.customer.identities.map((one: Tied) => [one.value, one]));
}

test("says of each identity with which others it was seen, by whom, how often, when first and last", async () => {
  await page("p1", { at: 1, custid: "1", email: "ann@example.se" });
  await page("p2", { at: 5, custid: "1", email: "ann@example.se" });
  await state("crm", "s1", { custid: "1", email: "ann@example.se" });
  const { recordId } = await call("c1", { at: 3, custid: "1", phone: "+46701234567" });

  const ties = await tiesOf("1");

  expect(ties["ann@example.se"]!.seenWith).toEqual([
    {
      value: "1",
      records: 3,
      sources: ["crm", "web"],
      firstAt: day(1).toISOString(),
      lastAt: day(5).toISOString(),
      lastSource: "web",
      lastRecordId: expect.any(String),
    },
  ]);
  expect(ties["+46701234567"]!.seenWith).toMatchObject([
    { value: "1", records: 1, sources: ["phone-system"], lastRecordId: recordId },
  ]);
  expect(ties["1"]!.seenWith.map(({ value }) => value)).toEqual(["ann@example.se", "+46701234567"]);
});

test("shows of a phone that others hold too only what ties it to the customer asked for", async () => {
  await call("c1", { at: 1, custid: "1", phone: "+46701234567" });
  await call("c2", { at: 2, custid: "2", phone: "+46701234567" });
  await call("c3", { at: 3, custid: "2", phone: "+46701234567" });

  const [one, two] = [await tiesOf("1"), await tiesOf("2")];

  expect(one["+46701234567"]!.seenWith).toMatchObject([{ value: "1", records: 1 }]);
  expect(two["+46701234567"]!.seenWith).toMatchObject([{ value: "2", records: 2 }]);
});

test("counts a shared cookie's records only for the time that they were the customer's", async () => {
  const both = { cookie: "kakekikoku", phone: "+46701234567" };
  await page("p1", { at: 1, custid: "1", ...both });
  await page("p2", { at: 3, ...both });
  await page("p3", { at: 10, custid: "2", ...both });
  await page("p4", { at: 12, ...both });
  await page("p5", { at: 13, ...both });

  const [one, two] = [await tiesOf("1"), await tiesOf("2")];

  const withPhone = ({ seenWith }: Tied) => seenWith.filter(({ value }) => value === both.phone);
  expect(withPhone(one[both.cookie]!)).toMatchObject([{ records: 1, lastAt: day(3).toISOString() }]);
  expect(withPhone(two[both.cookie]!)).toMatchObject([{ records: 2, lastAt: day(13).toISOString() }]);
});

test("tells two identities that were each the other's subject of one pair", async () => {
  const both = { cookie: "kakekikoku", phone: "+46701234567" };
  await page("p1", { at: 1, custid: "1", ...both });
  await page("p2", { at: 2, ...both });
  await house.db.run(sql`
    insert into sightings (identity_id, at, subject_id, record_id, source)
    select s.subject_id, ${day(3)}, s.identity_id, gen_random_uuid(), 'app'
    from sightings s
    join identities i on i.id = s.subject_id
    where i.namespace = 'cookie'
  `);

  const { seenWith } = (await tiesOf("1"))[both.cookie]!;

  expect(seenWith.filter(({ value }) => value === both.phone)).toMatchObject([
    { records: 2, sources: ["app", "web"], firstAt: day(2).toISOString(), lastAt: day(3).toISOString() },
  ]);
});

test("names the decision that ties an identity while it is in force, and none that kept others apart", async () => {
  await page("p1", { at: 1, custid: "1" });
  await page("p2", { at: 1, email: "bob@example.se" });
  await page("p3", { at: 1, custid: "3" });
  const ids = await read<{ id: string }>(house.db, sql`select id from identities order by length(value), value`);
  const [one, three, mail] = ids.map(({ id }) => id);
  const decided = async (kind: string, left: string, right: string, reason: string) =>
    read(
      house.db,
      sql`
        insert into verdicts (id, kind, left_ids, right_ids, decided_by, decided_at, reason)
        values (${newId()}::uuid, ${kind}::verdict_kind, array[${left}::uuid], array[${right}::uuid], 'eva', ${day(2)}, ${reason})
      `,
    );
  await decided("MUST", one!, mail!, "He said so.");
  await decided("NEVER", one!, three!, "Twins.");
  await house.db.run(sql`
    insert into assignments (subject_id, valid_from, valid_to, known_from, known_to, customer_id)
    select ${mail!}::uuid, '-infinity', 'infinity', ${day(2)}, 'infinity', customer_id from identities where id = ${one!}::uuid
  `);

  const before = await tiesOf("1");
  await house.db.run(sql`update verdicts set withdrawn_at = ${day(3)}`);
  const after = await tiesOf("1");

  expect(before["bob@example.se"]).toMatchObject({ seenWith: [], joinedBy: [{ by: "eva", reason: "He said so." }] });
  expect(before["1"]!.joinedBy).toEqual([{ by: "eva", reason: "He said so." }]);
  expect(after["bob@example.se"]!.joinedBy).toEqual([]);
});

test("counts no further than a thousand records, and steps over those of others", async () => {
  await call("c1", { at: 1, custid: "1", phone: "+46701234567" });
  await call("c2", { at: 2, custid: "2", phone: "+46701234567" });
  await house.db.run(sql`
    insert into sightings (identity_id, at, subject_id, record_id, source)
    select s.identity_id, s.at + n * interval '1 second', s.subject_id, gen_random_uuid(), 'web'
    from sightings s
    join identities i on i.id = s.subject_id
    cross join generate_series(1, case when i.value = '1' then 1500 else 50000 end) n
  `);
  await house.db.run(sql`analyze sightings`);

  const ties = await tiesOf("1");

  expect(ties["+46701234567"]!.seenWith).toMatchObject([
    { records: null, sources: ["web"], firstAt: day(1).toISOString() },
  ]);
  expect(await sightingsRead("1")).toBeLessThan(1_100);
});

/** How many sightings the statement goes through to say what ties a customer together. */
async function sightingsRead(custid: string): Promise<number> {
  const owned = await read<{ customerId: string; id: string }>(
    house.db,
    sql`
      select c.customer_id as "customerId", i.id
      from identities c
      join identities i on i.id = c.id or i.namespace = 'phone'
      where c.namespace = 'custid' and c.value = ${custid}
    `,
  );
  const [row] = await read<{ "QUERY PLAN": [{ Plan: Plan }] }>(
    house.db,
    sql`explain (analyze, format json) ${pairsSql(owned)}`,
  );
  return rowsOf(row!["QUERY PLAN"][0].Plan);
}

interface Plan {
  "Relation Name"?: string;
  "Actual Rows": number;
  "Actual Loops": number;
  "Rows Removed by Filter"?: number;
  Plans?: Plan[];
}

function rowsOf({ "Relation Name": table, Plans = [], ...plan }: Plan): number {
  const read = plan["Actual Rows"] + (plan["Rows Removed by Filter"] ?? 0);
  return (table === "sightings" ? read * plan["Actual Loops"] : 0) + Plans.reduce((sum, one) => sum + rowsOf(one), 0);
}
