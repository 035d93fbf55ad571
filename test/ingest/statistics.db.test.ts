import { expect, test } from "vitest";
import { analyse } from "../../src/db/analyse.ts";
import { sql } from "../../src/db/sql.ts";
import { useDatabase } from "../kit/database.ts";
import { read } from "../kit/read.ts";

const house = useDatabase();

test("statements are planned for how many changes wait", async () => {
  await house.db.run(sql`
    insert into changed_customers (customer_id, change_id)
    select gen_random_uuid(), gen_random_uuid() from generate_series(1, 500)
  `);

  await analyse(house.db);

  const [sampled] = await read(house.db, sql`select reltuples from pg_class where relname = 'changed_customers'`);
  expect(sampled).toEqual({ reltuples: 500 });
});
