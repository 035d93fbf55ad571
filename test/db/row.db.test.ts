import { expect, test } from "vitest";
import { type Database, openDatabase } from "../../src/db/client.ts";
import { bytes, decimal, flag, float, instant, int, list, row, text, uuid, word } from "../../src/db/row.ts";
import { sql } from "../../src/db/sql.ts";
import { useDatabase } from "../kit/database.ts";

const house = useDatabase();
const Item = row({ id: int, name: text.nullable() });

test("each kind of column is what arrives", async () => {
  const Every = row({
    text,
    uuid,
    int,
    count: int,
    float,
    decimal,
    flag,
    instant,
    bytes,
    word: word(["WEB", "APP"]),
    list: list(text),
  });

  const [every] = await house.db.rows(
    Every,
    sql`
      select
        'a' as text, '00000000-0000-8000-8000-000000000001'::uuid as uuid, 1 as int, 2::bigint as count,
        0.5::float8 as float, 0.10 as decimal, true as flag, timestamptz '2026-11-20 10:00:00Z' as instant,
        '\\x01'::bytea as bytes, 'WEB'::channel as word, array['b'] as list
    `,
  );

  expect(every).toEqual({
    text: "a",
    uuid: "00000000-0000-8000-8000-000000000001",
    int: 1,
    count: 2,
    float: 0.5,
    decimal: "0.10",
    flag: true,
    instant: new Date("2026-11-20T10:00:00Z"),
    bytes: Buffer.from([1]),
    word: "WEB",
    list: ["b"],
  });
});

test.each([
  ["lacks a column", sql`select 1 as id`, "name"],
  ["has a column that nobody declared", sql`select 1 as id, 'a' as name, 'b' as title`, "title"],
  ["has a column of another type", sql`select '1' as id, 'a' as name`, "id"],
  ["has nothing where something was declared", sql`select null::int as id, 'a' as name`, "id"],
])("a row that %s is an error where it is read", async (_, statement, column) => {
  await expect(house.db.rows(Item, statement)).rejects.toThrow(column);
  await expect(house.db.hot(`test.${column}`).rows(Item, statement)).rejects.toThrow(column);
  await expect(house.db.transaction((tx) => tx.rows(Item, statement))).rejects.toThrow(column);
  await expect(house.db.atOneInstant((snapshot) => snapshot.rows(Item, statement))).rejects.toThrow(column);
});

test("the message holds no value", async () => {
  const failing = house.db.rows(Item, sql`select 'ann@example.com' as id, 'a' as name`);

  await expect(failing).rejects.toThrow(/^(?!.*ann)/s);
});

test("tests look at every row, a server at the first", async () => {
  const statement = sql`select nullif(n, 2) as id, 'a' as name from generate_series(1, 3) n`;
  await expect(house.db.rows(Item, statement)).rejects.toThrow("id");

  const serving: Database = openDatabase({ url: house.url });
  try {
    expect(await serving.rows(Item, statement)).toHaveLength(3);
  } finally {
    await serving.close();
  }
});

test("a server looks at the first hundred answers of a hot statement, whose columns never change", async () => {
  const Named = row({ name: text });
  const statement = (name: string | null) => sql`select ${name}::text as name`;

  const serving: Database = openDatabase({ url: house.url });
  try {
    for (let n = 0; n < 99; n += 1) await serving.hot("test.named").rows(Named, statement("Ann"));
    await expect(serving.hot("test.named").rows(Named, statement(null))).rejects.toThrow("name");
    expect(await serving.hot("test.named").rows(Named, statement(null))).toEqual([{ name: null }]);
    await expect(serving.hot("test.other").rows(Named, statement(null))).rejects.toThrow("name");
  } finally {
    await serving.close();
  }
});
