import { expect, test } from "vitest";
import { sql } from "../../src/db/sql.ts";
import { newId } from "../../src/kit/id.ts";
import { useDatabase } from "../kit/database.ts";
import { read } from "../kit/read.ts";

const house = useDatabase();

test.each([1, 2])("finds the tables empty and the namespaces in place, round %i", async () => {
  const before = await read<{ items: number; history: number; namespaces: number }>(
    house.db,
    sql`
      select
        (select count(*) from items) as items,
        (select count(*) from history) as history,
        (select count(*) from namespaces) as namespaces
    `,
  );

  await house.db.run(sql`insert into items values (1, 'URL', '/', '')`);
  await house.db.run(sql`
    insert into sightings (identity_id, subject_id, record_id, batch_id, at, source)
    select id, id, id, id, '2026-11-20', 'test' from (select ${newId()}::uuid as id) s
  `);
  await house.db.run(sql`delete from namespaces`);

  expect(before[0]!).toMatchObject({ items: 0, history: 0 });
  expect(before[0]!.namespaces).toBeGreaterThan(10);
});
