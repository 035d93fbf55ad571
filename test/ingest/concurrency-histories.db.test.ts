import fc from "fast-check";
import { expect, test } from "vitest";
import { sql } from "../../src/db/sql.ts";
import type { CarriedIdentity } from "../../src/facts/fact.ts";
import { link, merge, split, withdraw } from "../../src/identity/decide.ts";
import { findRules } from "../../src/identity/rules.repository.ts";
import { openIngest } from "../../src/ingest/ingest.ts";
import type { IncomingRecord } from "../../src/ingest/receipt.ts";
import { AppError } from "../../src/kit/errors.ts";
import { openLog } from "../../src/kit/log.ts";
import { type TestDatabase, useDatabase } from "../kit/database.ts";
import { draws } from "../kit/draws.ts";
import { TEST_KEYS } from "../kit/ingest.ts";
import { read } from "../kit/read.ts";
import { misplacedRows, resolvedPartition, storedFacts, storedPartition, withoutMadeIds } from "./partition.ts";

const busy = useDatabase();
const quiet = useDatabase();

// More: FC_RUNS=500 npx vitest run test/ingest/concurrency --testTimeout 600000
// Without a time limit, at which fast-check would leave its writers at work.
const limits = draws(7);
/** Processes that write at once. */
const WRITERS = 4;

const NAMES = ["custid", "crmid", "login", "email", "cookie", "phone"] as const;
const identity = fc.record({ namespace: fc.constantFrom(...NAMES), number: fc.integer({ min: 1, max: 3 }) });
const happening = fc.record({
  identities: fc.array(identity, { minLength: 1, maxLength: 3 }),
  minute: fc.integer({ min: 0, max: 6 }),
  session: fc.integer({ min: 1, max: 4 }),
  isLeg: fc.boolean(),
});
const batches = fc.array(fc.array(happening, { minLength: 1, maxLength: 3 }), { minLength: WRITERS, maxLength: 16 });
const decision = fc.record({
  act: fc.constantFrom("merge", "split", "link", "withdraw"),
  one: fc.nat(),
  other: fc.nat(),
});

type Happening = typeof happening extends fc.Arbitrary<infer T> ? T : never;
type Decision = typeof decision extends fc.Arbitrary<infer T> ? T : never;

test("several writers at once give what one after another gives", async () => {
  await fc.assert(
    fc.asyncProperty(batches, async (groups) => {
      await Promise.all([busy.empty(), quiet.empty()]);
      const records = recordsOf(groups);

      const writers = await entryPoints(busy);
      await Promise.all(writers.map((writer, n) => oneByOne(dealt(records, n), writer.accept)));
      const [alone] = await entryPoints(quiet);
      await oneByOne(records, alone!.accept);

      const partition = await storedPartition(busy.db);
      expect(partition).toEqual(await resolvedPartition(busy.db, alone!.rules));
      expect(withoutMadeIds(partition)).toEqual(withoutMadeIds(await storedPartition(quiet.db)));
      expect(await storedFacts(busy.db)).toEqual(await storedFacts(quiet.db));
      expect(await misplacedRows(busy.db)).toEqual([]);
    }),
    limits,
  );
});

test("so it is while people merge, split, link and withdraw", async () => {
  await fc.assert(
    fc.asyncProperty(batches, fc.array(decision, { minLength: 1, maxLength: 6 }), async (groups, decisions) => {
      await busy.empty();
      const records = recordsOf(groups);

      const writers = await entryPoints(busy);
      const decide = (decided: Decision) => decideOn(busy, decided, writers[0]!.rules);
      await Promise.all([
        ...writers.map((writer, n) => oneByOne(dealt(records, n), writer.accept)),
        oneByOne(decisions, decide),
        // The same pairs again, so that some batches hope to do without the lock.
        ...writers.map((writer, n) => oneByOne(dealt(repeated(records), n), writer.accept)),
      ]);

      expect(await storedPartition(busy.db)).toEqual(await resolvedPartition(busy.db, writers[0]!.rules));
      expect(await misplacedRows(busy.db)).toEqual([]);
    }),
    limits,
  );
});

async function entryPoints({ db }: TestDatabase) {
  const rules = await findRules(db, "SE");
  return Array.from({ length: WRITERS }, () => {
    const ingest = openIngest({ database: db, log: openLog("silent"), ...TEST_KEYS, rules: () => rules });
    return { rules, accept: (records: IncomingRecord[]) => ingest.accept(records, { entryPoint: "test" }) };
  });
}

async function oneByOne<Item>(items: readonly Item[], work: (item: Item) => Promise<unknown>): Promise<void> {
  for (const item of items) await work(item);
}

function dealt<Item>(items: readonly Item[], writer: number): Item[] {
  return items.filter((_, n) => n % WRITERS === writer);
}

function recordsOf(groups: readonly (readonly Happening[])[]): IncomingRecord[][] {
  let key = 0;
  return groups.map((group) => group.map((one) => recordOf(one, `t${key++}`)));
}

function repeated(groups: readonly (readonly IncomingRecord[])[]): IncomingRecord[][] {
  const again = (record: IncomingRecord) => {
    const body = record.body as { sourceId: string };
    return { ...record, body: { ...body, sourceId: `${body.sourceId} again` } };
  };
  return groups.map((group) => group.map(again));
}

/** A page view, or the leg that takes the place of the visit which page views of its session make. */
function recordOf({ identities, minute, session, isLeg }: Happening, sourceId: string): IncomingRecord {
  const [source, sessionId] = ["web", `s${session}`];
  if (isLeg) {
    const leg = { channelType: "WEB", sessionStartTime: at(session), identities: [carried("cookie", session)] };
    return { kind: "interaction", body: { source, sourceId: sessionId, ...leg } };
  }
  const view = { channel: "WEB", kind: "PAGE_VIEW", name: "/", occurredAt: at(minute), sessionId };
  const sent = identities.map(({ namespace, number }) => carried(namespace, number));
  return { kind: "touchpoint", body: { source, sourceId, ...view, identities: sent } };
}

const at = (minute: number) => Date.UTC(2026, 9, 1, 12, minute);

function carried(namespace: string, number: number) {
  if (namespace === "phone") return { namespace, value: `+4670174060${number}` };
  return { namespace, value: namespace === "email" ? `p${number}@example.com` : `v${number}` };
}

/** Decides about whoever is there at that moment; what is refused then is left undone. */
async function decideOn(
  { db }: TestDatabase,
  { act, one, other }: Decision,
  rules: Awaited<ReturnType<typeof findRules>>,
) {
  const said = { by: { id: "test", name: "test" }, reason: "because", rules };
  const pick = <Item>(items: readonly Item[], n: number) => items[n % Math.max(1, items.length)]!;
  const customers = [...new Set((await storedPartition(db)).map(([, , customer]) => customer))].sort();
  const identities = await read<CarriedIdentity>(
    db,
    sql`
      select id, namespace, value, kind, display from identities where kind <> 'RECORD' order by namespace, value
    `,
  );
  const verdicts = await read<{ id: string }>(db, sql`select id from verdicts where withdrawn_at is null order by id`);
  if (identities.length === 0 || (act === "withdraw" && verdicts.length === 0)) return;
  try {
    if (act === "merge") await merge(db, [pick(customers, one), pick(customers, other)], said);
    if (act === "link") await link(db, [pick(identities, one), pick(identities, other)], said);
    if (act === "split")
      await split(db, { customerId: pick(customers, one), apart: [pick(identities, other).id] }, said);
    if (act === "withdraw") await withdraw(db, pick(verdicts, one).id, said);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
  }
}
