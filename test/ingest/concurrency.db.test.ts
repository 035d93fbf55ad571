import { setTimeout as sleep } from "node:timers/promises";
import { expect, test, vi } from "vitest";
import type { Db } from "../../src/db/client.ts";
import { sql } from "../../src/db/sql.ts";
import { merge, withdraw } from "../../src/identity/decide.ts";
import { lockStitching } from "../../src/identity/evidence.repository.ts";
import type { IncomingRecord } from "../../src/ingest/receipt.ts";
import { useDatabase } from "../kit/database.ts";
import { useIngest } from "../kit/ingest.ts";
import { read } from "../kit/read.ts";
import { gate, misplacedRows, resolvedPartition, storedPartition } from "./partition.ts";

const house = useDatabase();
const ingest = useIngest(house);
const entryPoint = { entryPoint: "test" };
vi.setConfig({ testTimeout: 20_000, hookTimeout: 20_000 });
/** Long enough for a statement to run into a lock. */
const A_MOMENT_MS = 150;

// Each in a session of its own: the row of a shared visit would have to wait, and rightly.
const view = (minute: number, identities: string, sessionId = `s${minute}`): IncomingRecord => ({
  kind: "touchpoint",
  body: {
    ...keyOf(minute, identities),
    occurredAt: at(minute),
    kind: "PAGE_VIEW",
    channel: "WEB",
    name: "/",
    sessionId,
  },
});
const leg = (sourceId: string, minute: number, identities: string): IncomingRecord => ({
  kind: "interaction",
  body: { ...keyOf(minute, identities), sourceId, channelType: "WEB", sessionStartTime: at(minute) },
});
const at = (minute: number) => Date.UTC(2026, 9, 1, 12, minute);
const keyOf = (minute: number, identities: string) => ({
  source: "web",
  sourceId: `t${minute}`,
  identities: identities.split(" ").map((name) => ({ namespace: name.split(":")[0], value: name.split(":")[1] })),
});
const statusesOf = (receipts: readonly { status: string }[]) => receipts.map(({ status }) => status);

/** Takes records in, but does not commit before it is let go. */
function hold(records: readonly IncomingRecord[], first: (tx: Db) => Promise<unknown> = async () => {}) {
  const [inside, released] = [gate(), gate()];
  const alongside = async (tx: Db) => {
    await first(tx);
    inside.open();
    await released.opened;
  };
  return {
    receipts: ingest.accept(records, { ...entryPoint, alongside }),
    inside: inside.opened,
    release: released.open,
  };
}

async function isWaiting(work: Promise<unknown>): Promise<boolean> {
  return Promise.race([work.then(() => false), sleep(A_MOMENT_MS, true)]);
}

const said = () => ({ by: { id: "test", name: "test" }, reason: "because", rules: ingest.rules() });

test("a batch that can move nobody waits for no other such batch", async () => {
  await ingest.accept([view(1, "custid:1 cookie:k"), view(2, "custid:2 cookie:l")], entryPoint);
  const slow = hold([view(3, "custid:1 cookie:k")]);
  await slow.inside;

  const others = await Promise.all([
    ingest.accept([view(4, "custid:1 cookie:k")], entryPoint),
    ingest.accept([view(5, "custid:2 cookie:l")], entryPoint),
    ingest.accept([view(6, "cookie:k")], entryPoint),
    ingest.accept([view(7, "cookie:new")], entryPoint),
  ]);

  expect(statusesOf(others.flat())).toEqual(["ACCEPTED", "ACCEPTED", "ACCEPTED", "ACCEPTED"]);
  slow.release();
  await slow.receipts;
});

test("a batch that may move somebody waits until all others are done", async () => {
  await ingest.accept([view(1, "custid:1 cookie:k")], entryPoint);
  const slow = hold([view(2, "custid:1 cookie:k")]);
  await slow.inside;

  const moving = ingest.accept([view(3, "custid:2 cookie:k")], entryPoint);

  expect(await isWaiting(moving)).toBe(true);
  slow.release();
  expect(statusesOf([...(await slow.receipts), ...(await moving)])).toEqual(["ACCEPTED", "ACCEPTED"]);
});

test("who moves customers sees what was shown by a batch that was just committing", async () => {
  const two = await ingest.accept([view(1, "custid:1 cookie:k"), view(2, "login:a cookie:k")], entryPoint);
  const { verdict } = await merge(
    house.db,
    two.map(({ customerId }) => customerId!),
    said(),
  );
  const late = hold([view(9, "custid:1 cookie:k")]);
  await late.inside;

  const withdrawing = withdraw(house.db, verdict.id, said());
  await isWaiting(withdrawing);
  late.release();
  await Promise.all([late.receipts, withdrawing]);

  // The cookie is shared again: custid 1 has it from minute 9 on, which only the late batch said.
  expect(await storedPartition(house.db)).toEqual(await resolvedPartition(house.db, ingest.rules()));
  expect(await misplacedRows(house.db)).toEqual([]);
});

test("a known pair that arrives while its customer is merged stands with the merged one", async () => {
  const two = await ingest.accept([view(1, "custid:1 cookie:k"), view(2, "login:a device:d")], entryPoint);
  const [merged, released] = [gate(), gate()];
  const merging = house.db.transaction(async (tx) => {
    const decision = await merge(
      tx,
      two.map(({ customerId }) => customerId!),
      said(),
    );
    merged.open();
    await released.opened;
    return decision;
  });
  await merged.opened;

  const arriving = ingest.accept([view(3, "custid:1 cookie:k"), view(4, "login:a device:d")], entryPoint);
  await isWaiting(arriving);
  released.open();
  const [{ customerIds }, receipts] = await Promise.all([merging, arriving]);

  expect(receipts.map(({ customerId }) => customerId)).toEqual([customerIds[0], customerIds[0]]);
  expect(await misplacedRows(house.db)).toEqual([]);
});

test("a batch that learns under way that it may move somebody starts over with the lock", async () => {
  const two = await ingest.accept([view(1, "custid:1 cookie:k"), view(2, "login:a cookie:l")], entryPoint);
  const { verdict } = await merge(
    house.db,
    two.map(({ customerId }) => customerId!),
    said(),
  );
  await ingest.accept([view(3, "custid:1 cookie:l")], entryPoint);
  const [locked, released] = [gate(), gate()];
  const parting = house.db.transaction(async (tx) => {
    await lockStitching(tx);
    locked.open();
    await released.opened;
    await withdraw(tx, verdict.id, said());
  });
  await locked.opened;

  // When it looks, both are one customer; when it may write, the cookie is shared between two.
  const known = ingest.accept([view(5, "custid:1 cookie:l")], entryPoint);
  await isWaiting(known);
  released.open();
  await Promise.all([parting, known]);

  expect(await storedPartition(house.db)).toEqual(await resolvedPartition(house.db, ingest.rules()));
  expect(await misplacedRows(house.db)).toEqual([]);
});

test("two writers who block each other are both taken in", async () => {
  await house.db.run(sql`insert into sources (name, keep_kinds, rank) values ('a', '{}', 1), ('b', '{}', 1)`);
  // Or they would meet at the page's name in the dictionary already.
  await ingest.accept([view(0, "cookie:m")], entryPoint);
  const meeting = [gate(), gate()] as const;
  let attempts = 0;
  const lockBoth = (own: 0 | 1) => async (tx: Db) => {
    attempts += 1;
    await tx.run(sql`select from sources where name = ${["a", "b"][own]} for update`);
    meeting[own].open();
    await meeting[own === 0 ? 1 : 0].opened;
    await tx.run(sql`select from sources where name = ${["b", "a"][own]} for update`);
  };

  const receipts = await Promise.all([
    ingest.accept([view(1, "cookie:k")], { ...entryPoint, alongside: lockBoth(0) }),
    ingest.accept([view(2, "cookie:l")], { ...entryPoint, alongside: lockBoth(1) }),
  ]);

  expect(statusesOf(receipts.flat())).toEqual(["ACCEPTED", "ACCEPTED"]);
  expect(attempts).toBeGreaterThan(2);
});

test("a leg that is reported while its first page view is stored takes the place of the visit", async () => {
  await ingest.accept([view(5, "cookie:k")], entryPoint);
  const viewing = hold([view(1, "cookie:k", "s1")]);
  await viewing.inside;

  const reporting = ingest.accept([leg("s1", 0, "cookie:k")], entryPoint);
  await isWaiting(reporting);
  viewing.release();

  expect(statusesOf([...(await viewing.receipts), ...(await reporting)])).toEqual(["ACCEPTED", "ACCEPTED"]);
  expect(await read(house.db, sql`select is_visit as "isVisit" from interactions where source_id = 's1'`)).toEqual([
    { isVisit: false },
  ]);
});

test("one record through many entry points at once is stored once", async () => {
  const copies = await Promise.all(
    Array.from({ length: 12 }, () => ingest.accept([view(1, "custid:1 cookie:k")], entryPoint)),
  );

  expect(statusesOf(copies.flat()).sort()).toEqual(["ACCEPTED", ...Array(11).fill("REPEATED")]);
  expect(new Set(copies.flat().map(({ customerId }) => customerId)).size).toBe(1);
  expect(await read(house.db, sql`select count(*) as count from touchpoints`)).toEqual([{ count: 1 }]);
});
