import { beforeEach, expect, test } from "vitest";
import { type Sql, sql } from "../../src/db/sql.ts";
import { legKindOf } from "../../src/facts/vocabulary.ts";
import { CHANNELS } from "../../src/fields/choices.ts";
import { useDatabase } from "../kit/database.ts";
import { read } from "../kit/read.ts";

const ANN = "00000000-0000-8000-8000-00000000000a";
const BOB = "00000000-0000-8000-8000-00000000000b";
const NINE = "2026-11-20T09:00:00.000Z";
const FIVE_PAST = "2026-11-20T09:05:00.000Z";
const TEN_PAST = "2026-11-20T09:10:00.000Z";

const house = useDatabase();

beforeEach(async () => {
  await house.db.run(sql`
    insert into interactions (
      subject_id, id, source, source_id, ingested_at, customer_id, channel_type, session_start_time, interaction_end_time,
      session_end_time, is_visit
    )
    select
      ${ANN}::uuid, gen_random_uuid(), 'acd', channel::text, ${NINE}::timestamptz, ${ANN}::uuid, channel,
      ${NINE}::timestamptz, ${FIVE_PAST}::timestamptz, ${TEN_PAST}::timestamptz, false
    from unnest(enum_range(null::channel)) as channel
    union all
    select ${ANN}::uuid, gen_random_uuid(), 'web', 'visit', now(), ${ANN}::uuid, 'OTHER', now(), null, null, true
  `);
  await house.db.run(sql`
    insert into touchpoints (subject_id, occurred_at, id, ingested_at, customer_id, interaction_id, source, channel, kind)
    select ${ANN}::uuid, ${NINE}::timestamptz, gen_random_uuid(), now(), ${ANN}::uuid, gen_random_uuid(), 'web', 'WEB', 'PAGE_VIEW'
  `);
});

test("a leg is one event of its channel's kind, and a visit, a web leg and an app leg are none", async () => {
  const legs = await read(house.db, sql`select channel, kind from customer_events where is_leg order by channel`);

  const expected = CHANNELS.map((channel) => ({ channel, kind: legKindOf(channel) })).filter(({ kind }) => kind);
  expect(legs).toEqual(expected);
});

test("idle time runs from the end of the talk, and of a page view from its start", async () => {
  const ends = await read<{ is_leg: boolean; ended_at: Date }>(
    house.db,
    sql`
      select distinct is_leg, ended_at from customer_events order by is_leg
    `,
  );

  expect(ends).toEqual([
    { is_leg: false, ended_at: new Date(NINE) },
    { is_leg: true, ended_at: new Date(FIVE_PAST) },
  ]);
});

test("nothing ends before it starts, whatever was said of it", async () => {
  await house.db.run(sql`update interactions set interaction_end_time = session_start_time - interval '1 hour'`);
  await house.db.run(sql`update touchpoints set ended_at = occurred_at - interval '1 hour'`);

  const ends = await read(
    house.db,
    sql`select distinct is_leg, ended_at - occurred_at = '0' as is_instant from customer_events order by 1`,
  );

  expect(ends).toEqual([
    { is_leg: false, is_instant: true },
    { is_leg: true, is_instant: true },
  ]);
});

test("a customer's events of a period are read by index in both tables", async () => {
  await house.db.run(sql`
    insert into touchpoints (subject_id, occurred_at, id, ingested_at, customer_id, interaction_id, source, channel, kind)
    select gen_random_uuid(), now() - n * interval '1 second', gen_random_uuid(), now(), md5((n % 500)::text)::uuid,
      gen_random_uuid(), 'web', 'WEB', 'PAGE_VIEW'
    from generate_series(1, 20000) as n
  `);
  await house.db.run(sql`
    insert into interactions (subject_id, id, source, source_id, ingested_at, customer_id, channel_type, session_start_time)
    select gen_random_uuid(), gen_random_uuid(), 'acd', n::text, now(), md5((n % 500)::text)::uuid, 'VOICE', now() - n * interval '1 second'
    from generate_series(1, 20000) as n
  `);
  await house.db.run(sql`analyze touchpoints, interactions`);

  const plan = await planOf(sql`
    select * from customer_events
    where customer_id = md5('7')::uuid and occurred_at >= now() - interval '5 minutes' and occurred_at < now()
  `);

  expect(plan).not.toContain("Seq Scan");
  expect(plan).toMatch(/touchpoints_customer_time.*\s+Index Cond: .*customer_id.*occurred_at.*occurred_at/);
  expect(plan).toMatch(
    /interactions_customer_time.*\s+Index Cond: .*customer_id.*session_start_time.*session_start_time/,
  );
});

test("a customer exists while an identity still bears the id that one was born with", async () => {
  await house.db.run(sql`
    insert into identities (id, namespace, value, kind, customer_id, born_at)
    values
      (${ANN}::uuid, 'custid', '1', 'ANCHOR', ${ANN}::uuid, now()),
      (${BOB}::uuid, 'ecid', 'x', 'CARRIER', ${BOB}::uuid, now()),
      (gen_random_uuid(), 'ecid', 'y', 'CARRIER', gen_random_uuid(), now()),
      (gen_random_uuid(), 'record', 'acd/1', 'RECORD', gen_random_uuid(), now())
  `);
  const lone = await customers();
  await house.db.run(sql`
    insert into assignments (subject_id, valid_from, valid_to, known_from, known_to, customer_id)
    values
      (${ANN}::uuid, '-infinity', 'infinity', now(), 'infinity', ${ANN}::uuid),
      (${BOB}::uuid, '-infinity', 'infinity', now(), 'infinity', ${ANN}::uuid)
  `);
  const joined = await customers();

  expect(lone).toEqual({ known: 1, anonymous: 2 });
  expect(joined).toEqual({ known: 1, anonymous: 1 });
});

async function customers(): Promise<unknown> {
  const rows = await read(
    house.db,
    sql`
      select
        count(*) filter (where not is_anonymous) as known,
        count(*) filter (where is_anonymous) as anonymous
      from customers
    `,
  );
  return rows[0];
}

async function planOf(statement: Sql): Promise<string> {
  const rows = await read<{ "QUERY PLAN": string }>(house.db, sql`explain (costs off) ${statement}`);
  return rows.map((row) => row["QUERY PLAN"]).join("\n");
}
