import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { sql } from "../../src/db/sql.ts";
import { useDatabase } from "../kit/database.ts";
import { useIngest } from "../kit/ingest.ts";
import { importer } from "./importing.ts";

const DATA = fileURLToPath(new URL("../../../shared/data/", import.meta.url));

// The samples may not be copied into the project: without them beside the project this file is skipped.
describe.skipIf(!existsSync(DATA))("public data sets", () => {
  const house = useDatabase();
  const ingest = useIngest(house);
  const run = importer(house, ingest);

  test("a week of the Technion's bank is 9,487 calls, and importing it twice changes nothing", async () => {
    const file = `${DATA}technion-anonymous-bank/january_1999-01-01_to_07.tsv`;

    const first = await run(file, "technion-calls");
    const before = await week();
    const again = await run(file, "technion-calls");

    expect(first.receipts).toEqual({ ACCEPTED: 2 * 9_487 });
    expect(again.receipts).toEqual({ REPEATED: 2 * 9_487 });
    expect(await week()).toEqual(before);
    expect(before).toEqual({
      legs: 9_487,
      calls: 9_487,
      callIds: 6_462,
      agent: 8_284,
      hang: 1_133,
      phantom: 70,
      // 1,802 different ids in the file, less 0 and two that a spreadsheet mangled.
      identified: 1_799,
      negative: 0,
      // 0:02:21 in Jerusalem on the eighth: the last call of the week ends after midnight.
      lastEnd: "1999-01-07T22:02:21.000Z",
    });
  }, 240_000);

  async function week(): Promise<unknown> {
    const [counts] = await house.db.query<{ last: Date }>(sql`
      select
        count(*) filter (where channel_type = 'IVR') as legs,
        count(*) filter (where channel_type = 'VOICE') as calls,
        count(distinct split_part(source_id, '/', 2)) as "callIds",
        count(*) filter (where outcome = 'HANDLED' and metadata ->> 'outcome' = 'AGENT') as agent,
        count(*) filter (where outcome = 'ABANDONED' and metadata ->> 'outcome' = 'HANG') as hang,
        count(*) filter (where outcome = 'FLOWED_OUT' and metadata ->> 'outcome' = 'PHANTOM') as phantom,
        count(distinct cust_id) as identified,
        count(*) filter (where interaction_end_time < session_start_time) as negative,
        max(interaction_end_time) as last
      from interactions
    `);
    const { last, ...rest } = counts!;
    return { ...rest, lastEnd: last.toISOString() };
  }

  test("the Telco sample is 700 customers", async () => {
    const { receipts } = await run(`${DATA}ibm-telco-churn/telco_first700.csv`, "telco-churn");

    expect(receipts).toEqual({ ACCEPTED: 700 });
    expect(
      await house.db.query(sql`
        select count(distinct customer_id) as customers, max(tenure_months) as tenure,
          count(*) filter (where overall_revenue_amount is null) as "withoutCharges",
          count(*) filter (where extra ->> 'Churn' = 'Yes') as churned
        from customer_records
      `),
    ).toEqual([{ customers: 700, tenure: 72, withoutCharges: 1, churned: 176 }]);
  });

  test("of 2,000 lines of a web log the page views of people are kept, under their path", async () => {
    const { receipts, skippedRows } = await run(`${DATA}apache-weblog/apache_logs_first2000`, "web-log");

    expect({ receipts, skippedRows }).toEqual({ receipts: { ACCEPTED: 318 }, skippedRows: 1_682 });
    const rows = await house.db.query<{ name: string }>(sql`
      select distinct i.name from touchpoints t join items i on i.id = t.item_id
    `);
    expect(rows.filter(({ name }) => /[?#]|\.(png|css|js)$/.test(name))).toEqual([]);
  });
});
