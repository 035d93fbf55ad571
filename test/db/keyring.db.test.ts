import { expect, test } from "vitest";
import { openKeyring } from "../../src/db/keyring.ts";
import { sql } from "../../src/db/sql.ts";
import { useDatabase } from "../kit/database.ts";
import { read } from "../kit/read.ts";

const SECRET = "the secret of this test, at least 32 long";
const house = useDatabase();

test("makes its keys once, also when several processes start together", async () => {
  const keyrings = await Promise.all([1, 2, 3, 4].map(() => openKeyring(house.db, null)));

  const hexes = keyrings.map(
    ({ identityKey, rejectionKey }) => `${identityKey.toString("hex")} ${rejectionKey.toString("hex")}`,
  );

  expect(new Set(hexes).size).toBe(1);
  expect(keyrings[0]!.identityKey).toHaveLength(32);
  expect(keyrings[0]!.identityKey).not.toEqual(keyrings[0]!.rejectionKey);
});

test("derives the same keys from the same secret, and stores neither", async () => {
  const first = await openKeyring(house.db, SECRET);
  const second = await openKeyring(house.db, SECRET);

  const stored = await read<{ key: Buffer }>(house.db, sql`select key from keyring`);

  expect(second).toEqual(first);
  expect(stored).toHaveLength(1);
  expect([first.identityKey, first.rejectionKey]).not.toContainEqual(stored[0]!.key);
});

test("refuses another secret, a forgotten one, and one that comes too late", async () => {
  await openKeyring(house.db, SECRET);

  await expect(openKeyring(house.db, `${SECRET}!`)).rejects.toThrow(
    "not the secret that this database was started with",
  );
  await expect(openKeyring(house.db, null)).rejects.toThrow("was started with C360_SECRET");
  await house.db.run(sql`delete from keyring`);
  await openKeyring(house.db, null);
  await expect(openKeyring(house.db, SECRET)).rejects.toThrow("was started without C360_SECRET");
});
