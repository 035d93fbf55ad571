import { expect, test } from "vitest";
import { analyse } from "../../src/db/analyse.ts";
import { sql } from "../../src/db/sql.ts";
import { useDatabase } from "../kit/database.ts";
import { read } from "../kit/read.ts";

const house = useDatabase();

test("statements are planned for how many rows there are", async () => {
  await house.db.run(sql`
    insert into items (id, kind, name, section) select n, 'PAGE_VIEW', n::text, '' from generate_series(1, 500) n
  `);

  await analyse(house.db);

  const [sampled] = await read(house.db, sql`select reltuples from pg_class where relname = 'items'`);
  expect(sampled).toEqual({ reltuples: 500 });
});
