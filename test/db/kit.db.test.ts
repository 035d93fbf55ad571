import { expect, test } from "vitest";
import { sql } from "../../src/db/sql.ts";
import { useDatabase } from "../kit/database.ts";

const house = useDatabase();

test.each([1, 2])("finds the tables empty and the namespaces in place, round %i", async () => {
  const before = await house.db.query<{ items: number; namespaces: number }>(sql`
    select (select count(*) from items) as items, (select count(*) from namespaces) as namespaces
  `);

  await house.db.query(sql`insert into items values (1, 'URL', '/', '')`);
  await house.db.query(sql`delete from namespaces`);

  expect(before[0]!.items).toBe(0);
  expect(before[0]!.namespaces).toBeGreaterThan(10);
});
