import { expect, test } from "vitest";
import type { CopyReader } from "../../src/db/copy-reader.ts";
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

test("one instant is read while another one still is", async () => {
  const read = await house.db.atOneInstant(() =>
    house.db.atOneInstant((snapshot) => snapshot.rows(Count, sql`select 1 as count`)),
  );

  expect(read).toEqual([{ count: 1 }]);
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

test("a copied row has each column as it is in the database, and null where it is null", async () => {
  const read: unknown[][] = [];
  const key = new Uint32Array(4);
  const words = (length: number) => [...key.subarray(0, length)];

  await house.db.atOneInstant((snapshot) =>
    snapshot.copy(
      sql`
        select i, f, b, t, u, n, x
        from (values
          (-7, -2.5::float8, true, '1969-12-31T23:59:59.999Z'::timestamptz, '00000001-ffff-fffe-0000-000000000002'::uuid, -2::int8, 'å€😀'),
          (null, null, null, null, null, null, null)
        ) v (i, f, b, t, u, n, x)
      `,
      (row) => {
        read.push([row.int(1), row.float(), row.flag(2), row.instant()]);
        read.push([row.uuid(key), words(4)], [row.bigint(key), words(2)], [row.text()]);
      },
    ),
  );

  expect(read).toEqual([
    [-7, -2.5, 1, -1],
    [true, [1, 0xfffffffe, 0, 2]],
    [true, [0xffffffff, 0xfffffffe]],
    ["å€😀"],
    [1, Number.NaN, 2, Number.NaN],
    [false, [0xffffffff, 0xfffffffe, 0, 2]],
    [false, [0xffffffff, 0xfffffffe]],
    [null],
  ]);
});

test("a row that is not read to its end, or as what it is not, is an error", async () => {
  const reading = (each: (row: CopyReader) => unknown) =>
    house.db.atOneInstant((snapshot) => snapshot.copy(sql`select 1::integer, 2::bigint`, each));

  await expect(reading((row) => row.int(0))).rejects.toThrow("other columns");
  await expect(reading((row) => row.instant())).rejects.toThrow("another type");
});

test("a statement that fails in the middle of a copy fails with the database's reason", async () => {
  const failing = house.db.atOneInstant((snapshot) =>
    snapshot.copy(sql`select 1 / (50000 - n)::integer from generate_series(1, 100000) n`, (row) => row.int(0)),
  );

  await expect(failing).rejects.toMatchObject({ code: "22012" });
});
