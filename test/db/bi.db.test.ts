import fc from "fast-check";
import { expect, test } from "vitest";
import { readRecord } from "../../src/customers/record.loader.ts";
import type { CustomerVariable, Survivor } from "../../src/customers/survive.ts";
import { DERIVED_VARIABLES, type DerivedVariable, derive, type Usage } from "../../src/customers/usage.ts";
import { sql } from "../../src/db/sql.ts";
import { durationOf } from "../../src/facts/durations.ts";
import { BI_VIEWS } from "../../src/fields/derive/bi/views.ts";
import type { Fields } from "../../src/fields/field.ts";
import { JAR } from "../../src/fields/jar.ts";
import type { InteractionRow } from "../../src/interactions/interaction.type.ts";
import { recordId } from "../../src/kit/id.ts";
import { useDatabase } from "../kit/database.ts";
import { read } from "../kit/read.ts";
import { requestOn } from "../live/telling.ts";
import { CAR, insertLegs, life, live } from "./lives.ts";

const house = useDatabase();

test("bi.car has what survives of random records, and what is derived where nobody states it", async () => {
  await house.db.run(sql`
    insert into sources (name, rank, keep_kinds, foreign_prefixes, own_numbers, volatile_fields)
    values ('crm', 1, '{}', '{}', '{}', '{}'), ('shop', 50, '{}', '{}', '{}', '{}'), ('app', 50, '{}', '{}', '{}', '{}')
  `);

  await fc.assert(
    fc.asyncProperty(fc.array(life, { minLength: 6, maxLength: 6 }), async (lives) => {
      await live(house.db, lives);

      expect(await carRows()).toEqual(await recounted());
    }),
    { numRuns: 15, seed: 360 },
  );
});

test("bi.jar has every interaction once, with the lengths that nobody supplied measured", async () => {
  const leg = { source: "acd", source_id: "1", channel_type: "VOICE", is_visit: false };
  const visit = {
    source: "web",
    source_id: "v",
    channel_type: "WEB",
    is_visit: true,
    id: recordId("interaction", "web", "v"),
  };
  const at = (minute: number) => new Date(Date.UTC(2026, 10, 20, 9, minute));
  const call = {
    ...leg,
    id: recordId("interaction", "acd", "1"),
    session_start_time: at(0),
    interaction_start_time: at(2),
    interaction_end_time: at(1),
    session_end_time: new Date(at(9).getTime() + 900),
    agent_seconds: 400,
    interaction_notes: "she was angry",
  };
  await insertLegs(house.db, [
    { ...call, subject_id: recordId("customer", "x", "ann") },
    { ...visit, subject_id: recordId("customer", "x", "cookie"), session_start_time: at(3), session_end_time: at(30) },
    { ...visit, subject_id: recordId("customer", "x", "ann"), session_start_time: at(1), session_end_time: at(4) },
  ]);

  const rows = await read(house.db, sql`select * from bi.jar order by "ChannelType"`);

  expect(rows).toHaveLength(2);
  expect(rows[0]).toMatchObject({ ChannelType: "VOICE", ...durationsOf(call) });
  expect(rows[0]).toMatchObject({
    SessionDuration: 540,
    CustomerDuration: 60,
    AgentDuration: 400,
    InteractionDuration: null,
  });
  expect(rows[1]).toMatchObject({ ChannelType: "WEB", SessionStartTime: at(1), SessionEndTime: at(30) });
});

test("the views are those that are printed: a migration repeats what `npm run contracts` writes to schema/bi.sql", async () => {
  await house.db.pool.query(`create schema printed; ${BI_VIEWS.replaceAll("view bi.", "view printed.")}`);

  const views = await read<{ schema: string; name: string; text: string }>(
    house.db,
    sql`
    select schemaname as schema, viewname as name, definition as text
    from pg_views
    where schemaname in ('bi', 'printed')
    order by schemaname, viewname
  `,
  );

  const [bi, printed] = ["bi", "printed"].map((schema) => views.filter((view) => view.schema === schema));
  expect(bi!.map(({ name }) => name)).toEqual([
    "activity",
    "car",
    "interactions_by_day",
    "jar",
    "touchpoints",
    "touchpoints_by_day",
  ]);
  expect(bi!.map(({ text }) => text)).toEqual(printed!.map(({ text }) => text));
  await house.db.run(sql`drop schema printed cascade`);
});

test("the views have the seed's variables, the sensitive ones, the notes and the numbers of customers left out", async () => {
  const columns = await read<{ view: string; names: string[] }>(
    house.db,
    sql`
      select table_name as view, array_agg(column_name::text order by ordinal_position) as names
      from information_schema.columns
      where table_schema = 'bi'
      group by table_name
      order by table_name
    `,
  );

  const [car, jar] = ["car", "jar"].map((name) => columns.find(({ view }) => view === name)!.names);
  expect(car!.filter((name) => name !== "CustomerKey" && name !== "OverallRevenueCurrency")).toHaveLength(29 - 5 - 2);
  expect(titlesOf(JAR).filter((title) => !jar!.includes(title))).toEqual(["CUST_ID", "InteractionNotes"]);
  expect(columns.flatMap(({ names }) => names).join(" ")).not.toMatch(
    /ethnic|marital|income|\bage\b|occupation|notes|metadata|extra|displayname|cust_id|customerid/i,
  );
});

const titlesOf = (fields: Fields) => Object.values(fields).flatMap(({ seed }) => seed ?? []);

type Row = Record<string, unknown>;

async function carRows(): Promise<Row[]> {
  return read<Row>(house.db, sql`select * from bi.car order by "CustomerKey"`);
}

/** The same from the record that GraphQL shows. */
async function recounted(): Promise<Row[]> {
  const ids = await read<{ id: string }>(
    house.db,
    sql`
      select distinct customer_id as id from customer_records order by id
    `,
  );
  const request = await requestOn(house.db);
  return Promise.all(
    ids.map(async ({ id }) => {
      const record = await readRecord(request, [id]);
      return { CustomerKey: id, ...carOf(record!.survivor, await record!.usage()) };
    }),
  );
}

function carOf(survivor: Survivor, usage: Usage): Row {
  const shown = (name: CustomerVariable) => {
    const isDerived = (DERIVED_VARIABLES as readonly string[]).includes(name);
    const derived = isDerived ? derive(name as DerivedVariable, survivor, usage)?.value : null;
    return survivor.values[name] ?? derived ?? null;
  };
  const { overallRevenue: money, products } = survivor.values;
  return {
    ...Object.fromEntries(Object.entries(CAR).map(([column, name]) => [column, shown(name)])),
    OverallRevenue: money?.amount ?? null,
    OverallRevenueCurrency: money?.currency ?? null,
    "Product 1": products?.[0] ?? null,
    "Product 2": products?.[1] ?? null,
    "Product 3": products?.[2] ?? null,
    CommonChannels: (shown("commonChannels") as string[] | null)?.join(", ") ?? null,
  };
}

function durationsOf(row: Row): Row {
  const times = {
    sessionStartTime: row.session_start_time,
    interactionStartTime: row.interaction_start_time,
    interactionEndTime: row.interaction_end_time,
    sessionEndTime: row.session_end_time,
    sessionSeconds: null,
    customerSeconds: null,
    agentSeconds: row.agent_seconds,
    interactionSeconds: null,
  } as unknown as InteractionRow;
  return {
    SessionDuration: durationOf("sessionSeconds", times),
    CustomerDuration: durationOf("customerSeconds", times),
    AgentDuration: durationOf("agentSeconds", times),
    InteractionDuration: durationOf("interactionSeconds", times),
  };
}
