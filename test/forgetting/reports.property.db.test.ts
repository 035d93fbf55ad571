import fc from "fast-check";
import { graphql } from "graphql";
import { expect, test } from "vitest";
import { sql } from "../../src/db/sql.ts";
import { scopesOf } from "../../src/graphql/engine/auth.ts";
import { reportsOf } from "../../src/graphql/engine/reports.ts";
import { createSchema } from "../../src/graphql/engine/schema.ts";
import { retainingOf } from "../../src/housekeeping.ts";
import { rebuildAll } from "../../src/ingest/correcting/rebuild.ts";
import { retain } from "../../src/ingest/forgetting/retain.ts";
import { openIngest } from "../../src/ingest/ingest.ts";
import type { IncomingRecord } from "../../src/ingest/receipt.ts";
import { openLog } from "../../src/kit/log.ts";
import { DAY_MS, MINUTE_MS } from "../../src/kit/time.ts";
import { anything, recordOf, START, type Told } from "../journeys/acts.ts";
import { spelled } from "../journeys/spelled.ts";
import { useDatabase } from "../kit/database.ts";
import { draws } from "../kit/draws.ts";
import { TEST_KEYS, type TestIngest, useIngest } from "../kit/ingest.ts";
import { read } from "../kit/read.ts";
import { BOUND_TO_NOTHING } from "../kit/viewer.ts";
import { useJourneys, versionOf } from "../reports/kit/journeys.ts";
import { BECAUSE, forgetterOf } from "./forgetting.ts";

const house = useDatabase();
const ingest = useIngest(house);
const journeys = useJourneys(house);

const schema = createSchema();
const period = { from: new Date(START), to: new Date(START + 3_600_000) };

/** Every report, and every cell of what they are made of, without ids that chance made. */
async function answers(knownAt: Date | null) {
  const contextValue = { journeys, db: house.db, viewer: { scopes: scopesOf("analyst"), ...BOUND_TO_NOTHING } };
  const said = [];
  for (const { query, example } of reportsOf(schema)) {
    const variableValues = { input: { ...example, period, ...(knownAt && { knownAt }) } };
    const { data, errors } = await graphql({ schema, source: query, variableValues, contextValue });
    if (!data) throw errors![0]!.originalError ?? errors![0];
    const [[name, report]] = Object.entries(data) as [[string, object]];
    said.push({ name, ...report, knownAt: null, forgottenSince: null, wholeSince: null, errors });
  }
  return { said, rows: unnamed(spelled(await versionOf(journeys.asOf(knownAt)))) };
}

/** Rows without the ids of customers, which chance made, and the numbers that follow from their order. */
function unnamed(rows: readonly Record<string, unknown>[]): string[] {
  const numbers = ["id0", "id1", "id2", "id3", "customer", "events", "legs", "visits", "interaction", "link", "row"];
  const places = Object.fromEntries(numbers.map((name) => [name, null]));
  return rows.map((row) => JSON.stringify({ ...row, ...places })).sort();
}

/** What the tables say that no report does. */
const evidence = () =>
  read<{ line: string }>(
    house.db,
    sql`
      select 'identity ' || namespace || ' ' || value as line from identities
      union all
      select 'sighting ' || identity_id || subject_id || record_id || at from sightings
      union all
      select 'record ' || id || ' ' || subject_id || ' ' || coalesce(region, '') || coalesce(customer_segment_id, '')
      from customer_records
      union all
      select 'conflict ' || a_id || ' ' || b_id || ' ' || kind from conflicts
      order by 1
    `,
  );

const items = () =>
  read<{ line: string }>(house.db, sql`select kind || ' ' || name || ' ' || section as line from items`);

function key({ kind, body }: IncomingRecord): string {
  const { source, sourceId } = body as { source: string; sourceId: string };
  return `${kind} ${source} ${sourceId}`;
}
type Carried = { namespace: string; value: string };

interface Lost {
  names: ReadonlySet<string>;
  ids: ReadonlySet<string>;
}

/** The records as they would have come had the forgotten never been. */
function without(records: readonly IncomingRecord[], recordIds: ReadonlyMap<string, string>, lost: Lost) {
  return records.flatMap((record): IncomingRecord[] => {
    if (lost.ids.has(recordIds.get(key(record))!)) return [];
    const body = record.body as { identities: Carried[] };
    const identities = body.identities.filter(({ namespace, value }) => !lost.names.has(`${namespace} ${value}`));
    return identities.length > 0 ? [{ ...record, body: { ...body, identities } }] : [];
  });
}

/** Forgets the customer of that number, by id. */
async function loseSomebody(which: number): Promise<void> {
  const customers = await read<{ id: string }>(
    house.db,
    sql`select customer_id as id from customer_events union select customer_id from customer_records order by 1`,
  );
  const customerId = customers[which % customers.length]!.id;
  await forgetterOf(house, ingest).forget({ customerId }, BECAUSE);
}

/** Lets go of what happened before a minute. */
async function loseWhatIsOld(minute: number): Promise<void> {
  await house.db.orm.retentionRule.createMany({ data: EVENTS.map((kind) => ({ kind, source: "", days: 1 })) });
  const now = new Date(START + minute * MINUTE_MS + DAY_MS);
  await retain(house.db, now, retainingOf({ rules: ingest.rules, keyring: TEST_KEYS }));
  await house.db.orm.retentionRule.deleteMany();
}
const EVENTS = ["TOUCHPOINTS", "INTERACTIONS"] as const;

/** What `lose` took. */
async function lossOf(lose: () => Promise<void>): Promise<Lost> {
  const names = (expected: "before" | "after") =>
    read<{ name: string }>(
      house.db,
      sql`select namespace || ' ' || coalesce(display, value) as name, ${expected} from identities`,
    );
  const keys = () => read<{ id: string }>(house.db, sql`select id from ingest_keys`);
  const [before, had] = [await names("before"), await keys()];
  await lose();
  const left = new Set((await names("after")).map(({ name }) => name));
  const has = new Set((await keys()).map(({ id }) => id));
  return {
    names: new Set(before.map(({ name }) => name).filter((name) => !left.has(name))),
    ids: new Set(had.map(({ id }) => id).filter((id) => !has.has(id))),
  };
}

/** Sessions of calls are identities too, which nobody could leave out of the other world's records. */
const plain = anything.map((one): Told => {
  if (one.is === "leg") return { ...one, universal: null, session: null };
  return one.is === "moment" ? { ...one, universal: null } : one;
});

/** An ingest of its own for each world: it remembers names of the dictionary. */
const worldOf = ({ rules }: TestIngest) =>
  openIngest({ database: house.db, log: openLog("silent"), ...TEST_KEYS, rules });

const moment = { revision: 0, is: "moment", url: "https://a.se/prices", session: null } as const;
const unsaid = { universal: null, campaign: null, device: null };
/** The second cookie is seen with a phone and a visitor of two people, so it is nobody's, until one of them is forgotten. */
const APART: Told[][] = [
  [{ ...moment, ...unsaid, key: 0, minute: 1, identities: ["phone +46701740601", "custid 1"] }],
  [
    { ...moment, ...unsaid, key: 1, minute: 2, identities: ["cookie 2", "ecid 1"] },
    { ...moment, ...unsaid, key: 2, minute: 3, identities: ["phone +46701740601", "cookie 2"] },
  ],
  [{ ...moment, ...unsaid, key: 3, minute: 4, identities: ["ecid 1", "custid 2"] }],
];
const CUSTOMERS = [0, 1, 2];
/** Whom it is about, nothing else says: it is seen with no other identity. */
const ALONE: Told = { ...moment, ...unsaid, key: 0, minute: 0, identities: ["custid 1"] };

test("whoever is forgotten leaves every report as if they had never been", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.array(plain, { minLength: 1, maxLength: 4 }), { minLength: 2, maxLength: 6 }),
      fc.nat(),
      async (batches, which) => {
        await house.empty();
        await ingest.refresh();
        const first = worldOf(ingest);
        const told = batches.map((batch) => batch.map(recordOf));
        const recordIds = new Map<string, string>();
        for (const batch of told) {
          const receipts = await first.accept(batch, { entryPoint: "test" });
          for (const [i, record] of batch.entries()) recordIds.set(key(record), receipts[i]!.recordId!);
        }
        await answers(null);
        const then = new Date(Date.now() + 1);
        await new Promise((resolve) => setTimeout(resolve, 5));

        const lost = await lossOf(() => loseSomebody(which));
        const forgotten = { now: await answers(null), before: await answers(then), evidence: await evidence() };
        const remembered = await items();
        const wrong = await rebuildAll(house.db, ingest.rules(), false);

        await house.empty();
        const second = worldOf(ingest);
        for (const batch of told) await second.accept(without(batch, recordIds, lost), { entryPoint: "test" });
        const never = await answers(null);
        expect(forgotten).toEqual({ now: never, before: never, evidence: await evidence() });
        // An earlier version that named the forgotten is gone, whosever the record is now, and what it alone said of pages.
        expect(await items()).toEqual(expect.arrayContaining(remembered));
        expect(wrong).toMatchObject({ reassigned: 0, rowsMoved: 0 });
        expect(lost.ids.size).toBeGreaterThan(0);
      },
    ),
    { ...draws(6), examples: CUSTOMERS.map((which) => [APART, which]) },
  );
});

test("what is kept no longer leaves every report as if it had never come", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.array(plain, { minLength: 1, maxLength: 4 }), { minLength: 2, maxLength: 5 }),
      fc.integer({ min: 1, max: 9 }),
      async (batches, minute) => {
        await house.empty();
        await ingest.refresh();
        const first = worldOf(ingest);
        const told = batches.map((batch) => batch.map(recordOf));
        const recordIds = new Map<string, string>();
        for (const batch of told) {
          const receipts = await first.accept(batch, { entryPoint: "test" });
          for (const [i, record] of batch.entries()) recordIds.set(key(record), receipts[i]!.recordId!);
        }
        await answers(null);

        const lost = await lossOf(() => loseWhatIsOld(minute));
        const kept = { now: await answers(null), evidence: await evidence() };
        const wrong = await rebuildAll(house.db, ingest.rules(), false);

        await house.empty();
        const second = worldOf(ingest);
        for (const batch of told) await second.accept(without(batch, recordIds, lost), { entryPoint: "test" });
        expect(kept).toEqual({ now: await answers(null), evidence: await evidence() });
        expect(wrong).toMatchObject({ reassigned: 0, rowsMoved: 0 });
      },
    ),
    { ...draws(4), examples: [[[[ALONE]], 1]] },
  );
});
