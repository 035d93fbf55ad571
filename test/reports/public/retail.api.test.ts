import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { sql } from "../../../src/db/sql.ts";
import { useApp } from "../../app/use-app.ts";
import { importer } from "../../cli/importing.ts";
import { read } from "../../kit/read.ts";
import { expectAsInFile, expectThePage } from "./bank-questions.ts";

const DATA = fileURLToPath(new URL("../../../../shared/data/retail-banking-crm/", import.meta.url));
const FILES = {
  clients: ["clients.csv", "retail-bank-clients"],
  contacts: ["crm_events.csv", "retail-bank-contacts"],
  calls: ["crm_call_center_logs.csv", "retail-bank-calls"],
} as const;
type Part = keyof typeof FILES;

/** Each file first once, and last once; the other three orders were seen to give the same. */
const ORDERS: Part[][] = [
  ["clients", "contacts", "calls"],
  ["contacts", "calls", "clients"],
  ["calls", "clients", "contacts"],
];

const EVER = { from: "2010-01-01T00:00:00Z", to: "2021-01-01T00:00:00Z" };
const WEB = { channels: ["WEB"], sources: ["retail-crm"] };
const CALLS = { kinds: ["CALL"], sources: ["retail-calls"] };

// The sample may not be copied into the project: without it beside the project this file is skipped.
describe.skipIf(!existsSync(DATA))("the retail bank, its call log stitched", () => {
  const house = useApp({ settings: { C360_DEFAULT_REGION: "US" } });

  test.each(ORDERS)("%s, %s, %s: the same customers, contacts, calls and reports", async (...order) => {
    const { core } = house.app;
    const run = importer(house, { ...core.ingest, refresh: core.refreshRules });

    const receipts = [];
    for (const part of order) {
      const [file, mapping] = FILES[part];
      receipts.push((await run(DATA + file, mapping, { batchSize: 250 })).receipts);
    }

    expect(receipts.map((counts) => Object.keys(counts))).toEqual([["ACCEPTED"], ["ACCEPTED"], ["ACCEPTED"]]);
    expect(await countsOf()).toEqual({
      customers: 533,
      contacts: 2_398,
      calls: 421,
      voice: 421,
      withoutId: 168,
      // Of those: by the phone in the customer's record, or only by a number that another call taught.
      byRecord: 161,
      byOtherCall: 7,
      anonymous: 0,
      callers: 270,
    });
    const owners = await ownersOfCalls();
    ownersAtFirst ??= owners;
    expect(owners).toEqual(ownersAtFirst);
    await answersAsCounted();
    if (order[0] !== "clients") return;
    await expectAsInFile(house, DATA + FILES.contacts[0]);
    await expectThePage(house);
  });

  let ownersAtFirst: unknown;

  /** 242 customers used the web alone, 21 the phone alone, 249 both; and how often they called. */
  async function answersAsCounted(): Promise<void> {
    const sets = [
      { name: "web", matcher: WEB },
      { name: "phone", matcher: CALLS },
    ];
    const overlap = await report("overlap", { period: EVER, sets });
    const histogram = await report("histogram", { period: EVER, metric: CALLS });

    expect(overlap.regions).toEqual([
      { sets: ["web"], count: 242 },
      { sets: ["phone"], count: 21 },
      { sets: ["web", "phone"], count: 249 },
    ]);
    expect(overlap).toMatchObject({ union: 512, unidentified: 0 });
    expect(histogram.buckets.slice(1).map((bucket: Bucket) => [bucket.label, bucket.customers])).toEqual([
      ["1", 164],
      ["2", 69],
      ["3", 32],
      ["4", 3],
      ["5", 1],
      ["6+", 1],
    ]);
    expect(histogram).toMatchObject({ total: 421, unidentified: 0 });

    const callers = await report("aggregate", {
      period: EVER,
      of: "CUSTOMERS",
      matcher: CALLS,
      groupBy: [{ interval: "YEAR" }],
      measures: [{ measure: "SUM", number: "TOUCHPOINTS" }],
    });
    const calls = await report("aggregate", {
      period: EVER,
      of: "INTERACTIONS",
      matcher: CALLS,
      groupBy: [{ dimension: "SOURCE" }],
    });

    expect(callers.total).toMatchObject({ units: 270, figures: [{ value: 421 }] });
    expect(calls.rows).toMatchObject([{ group: [{ value: "retail-calls" }], units: 421 }]);
  }

  /** Whose each call is, in the bank's own words: customer ids differ from one database to the next. */
  function ownersOfCalls(): Promise<unknown> {
    return read(
      house.db,
      sql`
        select c.source_id as call, i.value as client
        from interactions c
        join identities i on i.customer_id = c.customer_id and i.namespace = 'custid'
        where c.source = 'retail-calls'
        order by c.source_id
      `,
    );
  }

  async function countsOf(): Promise<unknown> {
    const [counts] = await read(
      house.db,
      sql`
        with calls as (
          select c.id, c.customer_id, c.cust_id, i.id as phone_id
          from interactions c
          left join identities i on i.id = c.subject_id and i.namespace = 'phone'
          where c.source = 'retail-calls'
        ),
        known as (
          select s.identity_id from sightings s join customer_records r on r.id = s.record_id
        )
        select
          (select count(distinct customer_id) from customer_records) as customers,
          (select count(*) from interactions where source = 'retail-crm') as contacts,
          count(*) as calls,
          (select count(*) from interactions where channel_type = 'VOICE') as voice,
          count(*) filter (where cust_id is null) as "withoutId",
          count(*) filter (where cust_id is null and phone_id in (select identity_id from known)) as "byRecord",
          count(*) filter (where cust_id is null and phone_id not in (select identity_id from known)) as "byOtherCall",
          count(*) filter (where customer_id not in (select customer_id from customer_records)) as anonymous,
          count(distinct customer_id) as callers
        from calls
      `,
    );
    return counts;
  }

  interface Bucket {
    label: string;
    customers: number;
  }

  async function report(name: string, input: object) {
    const reply = await house.post(`/v1/reports/${name}`, input);
    return (await reply.json()) as Record<string, never> & { buckets: Bucket[] };
  }
});
