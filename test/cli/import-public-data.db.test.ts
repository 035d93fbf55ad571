import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { sql } from "../../src/db/sql.ts";
import { useDatabase } from "../kit/database.ts";
import { useIngest } from "../kit/ingest.ts";
import { read } from "../kit/read.ts";
import { importer } from "./importing.ts";

const DATA = fileURLToPath(new URL("../../../shared/data/", import.meta.url));

// The samples may not be copied into the project: without them beside the project this file is skipped.
describe.skipIf(!existsSync(DATA))("public data sets", () => {
  const house = useDatabase();
  const ingest = useIngest(house);
  const run = importer(house, ingest);

  test("the Telco sample is 700 customers", async () => {
    const { receipts } = await run(`${DATA}ibm-telco-churn/telco_first700.csv`, "telco-churn");

    expect(receipts).toEqual({ ACCEPTED: 700 });
    expect(
      await read(
        house.db,
        sql`
          select count(distinct customer_id) as customers, max(tenure_months) as tenure,
            count(*) filter (where overall_revenue_amount is null) as "withoutCharges",
            count(*) filter (where extra ->> 'Churn' = 'Yes') as churned
          from customer_records
        `,
      ),
    ).toEqual([{ customers: 700, tenure: 72, withoutCharges: 1, churned: 176 }]);
  });

  test("of 2,000 lines of a web log the page views of people are kept, under their path", async () => {
    const { receipts, skippedRows } = await run(`${DATA}apache-weblog/apache_logs_first2000`, "web-log");

    expect({ receipts, skippedRows }).toEqual({ receipts: { ACCEPTED: 318 }, skippedRows: 1_682 });
    const rows = await read<{ name: string }>(
      house.db,
      sql`
        select distinct i.name from touchpoints t join items i on i.id = t.item_id
      `,
    );
    expect(rows.filter(({ name }) => /[?#]|\.(png|css|js)$/.test(name))).toEqual([]);
  });
});
