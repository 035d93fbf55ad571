import fc from "fast-check";
import { expect, test } from "vitest";
import { sql } from "../../src/db/sql.ts";
import { MOST_EVENTS } from "../../src/facts/roll-ups.ts";
import { merge, withdraw } from "../../src/identity/decide.ts";
import { rebuildAll } from "../../src/ingest/correcting/rebuild.ts";
import { withdrawBatch } from "../../src/ingest/correcting/withdraw.ts";
import type { Ingest } from "../../src/ingest/ingest.ts";
import type { IncomingRecord } from "../../src/ingest/receipt.ts";
import { rollUpAll, settleRollUps } from "../../src/ingest/storing/roll-ups.ts";
import { AppError } from "../../src/kit/errors.ts";
import { useDatabase } from "../kit/database.ts";
import { draws, holds } from "../kit/draws.ts";
import { useIngest } from "../kit/ingest.ts";
import { read } from "../kit/read.ts";

const house = useDatabase();
const ingest = useIngest(house);

const NAMES = ["custid", "login", "cookie", "phone"] as const;
const identity = fc.record({ namespace: fc.constantFrom(...NAMES), number: fc.integer({ min: 1, max: 3 }) });
const happening = fc.record({
  identities: fc.array(identity, { minLength: 1, maxLength: 2 }),
  minute: fc.integer({ min: 0, max: 90 }),
  lasts: fc.constantFrom(0, 0, 5, 40),
  isOverBefore: fc.boolean(),
  kind: fc.constantFrom("PAGE_VIEW" as const, "PAGE_VIEW" as const, "FORM" as const, "VOICE" as const, "CHAT" as const),
  key: fc.integer({ min: 0, max: 12 }),
  revision: fc.integer({ min: 0, max: 2 }),
});
const step = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.array(happening, { minLength: 1, maxLength: 5 }).map((told) => ({ act: "tell" as const, told })),
  },
  { weight: 2, arbitrary: fc.constant({ act: "settle" as const }) },
  { weight: 1, arbitrary: fc.record({ act: fc.constant("merge" as const), one: fc.nat(), other: fc.nat() }) },
  { weight: 1, arbitrary: fc.record({ act: fc.constant("split" as const), one: fc.nat() }) },
  { weight: 1, arbitrary: fc.record({ act: fc.constant("withdraw" as const), one: fc.nat() }) },
);
const histories = fc.array(step, { minLength: 2, maxLength: 14 });

type Anything = typeof happening extends fc.Arbitrary<infer T> ? T : never;
type Happening = Omit<Anything, "isOverBefore"> & Partial<Pick<Anything, "isOverBefore">>;
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

const START = Date.UTC(2026, 9, 1, 12);

test("after any history the roll-ups of a customer without a change are right, and making them anew changes nothing", async () => {
  await holds(
    fc.asyncProperty(histories, async (steps) => {
      await house.empty();
      for (const one of steps) await take(one, ingest);
      await settleRollUps(house.db);

      const kept = await stored();
      const mistaken = await house.db.transaction(rollUpAll);

      expect(mistaken).toBe(0);
      expect(await stored()).toEqual(kept);
      expect(kept.map(({ id, events }) => [id, events])).toEqual(await counted());
    }),
    draws(20, 20_000),
  );
});

test("calls that were over before their session began are one session, which settles", async () => {
  await house.empty();
  const told = { minute: 0, lasts: 0, isOverBefore: true, kind: "VOICE", revision: 0 } as const;
  const identities = [{ namespace: "custid", number: 1 } as const];
  const legs = [1, 2].map((key) => recordOf({ ...told, key, identities }));
  const receipts = await ingest.accept(legs, { entryPoint: "test" });

  await settleRollUps(house.db);

  const sessions = await read(
    house.db,
    sql`select start_at, end_at, cardinality(calls) as calls from customer_sessions`,
  );
  expect(receipts.map(({ status }) => status)).toEqual(["ACCEPTED", "ACCEPTED"]);
  expect(sessions).toEqual([{ start_at: new Date(START), end_at: new Date(START), calls: 2 }]);
});

test("a rebuild mends what somebody broke by hand, and leaves alone what is only due", async () => {
  const told = { minute: 0, lasts: 0, kind: "PAGE_VIEW", revision: 0 } as const;
  const ann = { namespace: "custid", number: 1 } as const;
  const bob = { namespace: "custid", number: 2 } as const;
  await ingest.accept([recordOf({ ...told, key: 1, identities: [ann] })], { entryPoint: "test" });
  await settleRollUps(house.db);
  await house.db.run(sql`update customer_totals set by_kind[1] = 7`);
  await ingest.accept([recordOf({ ...told, key: 2, identities: [bob] })], { entryPoint: "test" });

  const mended = await rebuildAll(house.db, ingest.rules(), false);
  const again = await rebuildAll(house.db, ingest.rules(), false);

  expect([mended.rollUpsMade, again.rollUpsMade]).toEqual([1, 0]);
  expect((await stored()).map(({ events }) => events)).toEqual([1, 1]);
});

test("what commits while roll-ups are made leaves its change behind", async () => {
  const told = { minute: 0, lasts: 0, kind: "PAGE_VIEW", revision: 0 } as const;
  const identities = [{ namespace: "cookie", number: 1 } as const];
  await ingest.accept([recordOf({ ...told, key: 1, identities })], { entryPoint: "test" });

  const meanwhile = async () => void (await settleRollUps(house.db));
  await ingest.accept([recordOf({ ...told, key: 2, identities })], { entryPoint: "test", alongside: meanwhile });

  const changes = await read(house.db, sql`select customer_id from changed_customers`);
  expect(changes).toHaveLength(1);
  expect((await stored()).map(({ events }) => events)).toEqual([1]);
  expect(await settleRollUps(house.db)).toBe(1);
  expect((await stored()).map(({ events }) => events)).toEqual([2]);
});

test("whoever has too many events is counted no more", async () => {
  const told = { minute: 0, lasts: 0, kind: "PAGE_VIEW", revision: 0 } as const;
  const identities = [{ namespace: "custid", number: 1 } as const];
  await ingest.accept([recordOf({ ...told, key: 1, identities })], { entryPoint: "test" });
  await settleRollUps(house.db);
  await house.db.run(sql`update customer_totals set events = ${MOST_EVENTS + 1}, by_kind = array_fill(0, array[10])`);
  await ingest.accept([recordOf({ ...told, key: 2, identities })], { entryPoint: "test" });
  await settleRollUps(house.db);

  const { rollUpsMade } = await rebuildAll(house.db, ingest.rules(), false);

  expect(rollUpsMade).toBe(0);
  expect((await stored()).map(({ events }) => events)).toEqual([2]);
});

async function take(step: Step, entryPoint: Ingest): Promise<void> {
  const said = { by: "test", reason: "because", rules: entryPoint.rules() };
  switch (step.act) {
    case "tell":
      await entryPoint.accept(step.told.map(recordOf), { entryPoint: "test" });
      return;
    case "settle":
      await settleRollUps(house.db);
      return;
    case "merge": {
      const customers = await ids(sql`select distinct customer_id as id from touchpoints order by 1`);
      const [one, other] = [customers[step.one % customers.length], customers[step.other % customers.length]];
      if (one && other) await unlessRefused(merge(house.db, [one, other], said));
      return;
    }
    case "split": {
      const verdicts = await ids(sql`select id from verdicts where withdrawn_at is null order by id`);
      const verdict = verdicts[step.one % verdicts.length];
      if (verdict) await unlessRefused(withdraw(house.db, verdict, said));
      return;
    }
    case "withdraw": {
      const batches = await ids(sql`select id from batches where withdrawn_at is null order by at`);
      const batch = batches[step.one % batches.length];
      if (batch) await withdrawBatch(house.db, batch, said);
    }
  }
}

async function unlessRefused(decision: Promise<unknown>): Promise<void> {
  await decision.catch((error) => {
    if (!(error instanceof AppError)) throw error;
  });
}

async function ids(statement: ReturnType<typeof sql>): Promise<string[]> {
  return (await read<{ id: string }>(house.db, statement)).map(({ id }) => id);
}

function recordOf({ identities, minute, lasts, isOverBefore = false, kind, key, revision }: Happening): IncomingRecord {
  const named = identities.map(({ namespace, number }) => ({ namespace, value: valueIn(namespace, number) }));
  const revised = new Date(Date.UTC(2026, 0, 1 + revision));
  const from = new Date(START + minute * 60_000);
  const to = new Date(from.getTime() + lasts * 60_000);
  if (kind === "VOICE" || kind === "CHAT") {
    const body = { source: "desk", sourceId: `l${key}`, revision: revised, channelType: kind, identities: named };
    if (!isOverBefore)
      return { kind: "interaction", body: { ...body, sessionStartTime: from, interactionEndTime: to } };
    const talk = { interactionStartTime: before(from, 120), interactionEndTime: before(from, 60) };
    return { kind: "interaction", body: { ...body, sessionStartTime: from, ...talk } };
  }
  const body = { source: "web", sourceId: `t${key}`, revision: revised, kind, channel: "WEB", identities: named };
  return { kind: "touchpoint", body: { ...body, occurredAt: from, endedAt: to, name: `/${key % 3}` } };
}

function before(instant: Date, minutes: number): Date {
  return new Date(instant.getTime() - minutes * 60_000);
}

function valueIn(namespace: string, number: number): string {
  return namespace === "phone" ? `+4670174060${number}` : `v${number}`;
}

async function stored(): Promise<{ id: string; events: number; made: unknown }[]> {
  return read(
    house.db,
    sql`
      select t.customer_id as id, (select sum(n) from unnest(t.by_kind) n)::int as events, to_jsonb(t) as made
      from customer_totals t
      order by t.customer_id
    `,
  );
}

async function counted(): Promise<[string, number][]> {
  const rows = await read<{ id: string }>(
    house.db,
    sql`
      select customer_id as id from touchpoints
      union all
      select customer_id from interactions where not is_visit
      order by 1
    `,
  );
  const counts = new Map<string, number>();
  for (const { id } of rows) counts.set(id, (counts.get(id) ?? 0) + 1);
  return [...counts];
}
