import { expect, test } from "vitest";
import { sql } from "../../src/db/sql.ts";
import { RecurringTexts } from "../../src/journeys/recurring.ts";
import { useDatabase } from "../kit/database.ts";

const house = useDatabase();

test("each text has its own number, however many there are, and is asked for once while few are", async () => {
  let asked = 0;
  const texts: (string | null)[] = [];
  const numberOf = (text: string | null) => {
    asked += 1;
    const known = texts.indexOf(text);
    return known === -1 ? texts.push(text) - 1 : known;
  };
  const read: (string | null)[] = [];
  const few: (string | null)[] = [];

  await house.db.atOneInstant(async (snapshot) => {
    const many = new RecurringTexts(numberOf);
    await snapshot.copy(
      sql`
        select case n % 5 when 0 then null when 1 then repeat('å', 1 + n % 60) when 2 then '' else 'text ' || n % 3000 end
        from generate_series(1, 12000) n
      `,
      (row) => read.push(texts[many.read(row)]!),
    );
    const again = new RecurringTexts(numberOf);
    asked = 0;
    await snapshot.copy(sql`select 'text ' || n % 2 from generate_series(1, 12000) n`, (row) =>
      few.push(texts[again.read(row)]!),
    );
  });

  const spelled = (n: number) =>
    n % 5 === 0 ? null : n % 5 === 1 ? "å".repeat(1 + (n % 60)) : n % 5 === 2 ? "" : `text ${n % 3000}`;
  expect(read).toEqual(Array.from({ length: 12_000 }, (_, i) => spelled(i + 1)));
  expect(few).toEqual(Array.from({ length: 12_000 }, (_, i) => `text ${(i + 1) % 2}`));
  expect(asked).toBe(2);
});
