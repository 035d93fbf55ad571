import { expect, test } from "vitest";
import { openDatabase } from "../../src/db/client.ts";
import { sql } from "../../src/db/sql.ts";
import { factsOf } from "../../src/graphql/engine/public-error.ts";

import { useDatabase } from "../kit/database.ts";

const house = useDatabase();
const item = { id: 1n, kind: "URL", name: "/", section: "" };

/** What an error is told apart by. */
async function codeOf(asking: Promise<unknown>): Promise<string | undefined> {
  return asking.then(
    () => undefined,
    ({ code }: { code?: string }) => code,
  );
}

test("a fault of PostgreSQL has one code, whichever way it was asked", async () => {
  await house.db.orm.item.create({ data: item });

  expect(await codeOf(house.db.run(sql`insert into items values (1, '', '', '')`))).toBe("23505");
  expect(await codeOf(house.db.orm.item.create({ data: item }))).toBe("23505");
  expect(await codeOf(house.db.transaction((tx) => tx.orm.item.create({ data: item })))).toBe("23505");
  expect(await codeOf(house.db.orm.item.findMany({ where: { name: "\u0000" } }))).toBe("22021");
});

test("a database that is away is so for both", async () => {
  const away = openDatabase({ url: "postgresql://nobody@127.0.0.1:1/none" });

  expect(await codeOf(away.run(sql`select 1`))).toBe("ECONNREFUSED");
  expect(await codeOf(away.orm.item.count())).toBe("ECONNREFUSED");
  await away.close();
});

test("what is logged of a question that Prisma refuses holds no value", async () => {
  const refused = house.db.orm.item.create({ data: { ...item, name: ["ann@example.com"] as never } });

  const { message } = await refused.then(
    () => ({ message: "" }),
    (error: unknown) => factsOf(error) as { message: string },
  );

  expect(message).toContain("`name`");
  expect(message).not.toContain("ann");
});
