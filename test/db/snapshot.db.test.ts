import { expect, test } from "vitest";
import { Count } from "../../src/db/row.ts";
import { sql } from "../../src/db/sql.ts";
import { useDatabase } from "../kit/database.ts";

const house = useDatabase();

test("sees one instant in all its statements, however much is copied meanwhile", async () => {
  const numbers: number[] = [];

  const counts = await house.db.atOneInstant(async (snapshot) => {
    const count = () => snapshot.rows(Count, sql`select count(*) from items`);
    const before = await count();
    await house.db.run(sql`insert into items (id, kind, name, section) values (1, 'PAGE_VIEW', '/', '')`);
    await snapshot.copy(sql`select n::integer from generate_series(1, 100000) n`, (row) => numbers.push(row.int(0)));
    return [...before, ...(await count())];
  });

  expect(counts).toEqual([{ count: 0 }, { count: 0 }]);
  expect(numbers).toEqual(Array.from({ length: 100_000 }, (_, i) => i + 1));
});

test("a reader that fails in the middle of a copy leaves the next one a connection that works", async () => {
  const failing = house.db.atOneInstant((snapshot) =>
    snapshot.copy(sql`select n::integer from generate_series(1, 1000000) n`, () => {
      throw new Error("no");
    }),
  );

  await expect(failing).rejects.toThrow("no");

  expect(await house.db.atOneInstant((snapshot) => snapshot.rows(Count, sql`select 1 as count`))).toEqual([
    { count: 1 },
  ]);
});
