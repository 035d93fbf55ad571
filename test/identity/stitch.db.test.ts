import fc from "fast-check";
import { expect, test } from "vitest";
import { sql } from "../../src/db/sql.ts";
import type { Identity, Verdict } from "../../src/facts/identity.ts";
import type { Sighting } from "../../src/identity/evidence.ts";
import { resolve } from "../../src/identity/resolve.ts";
import type { IncomingRecord } from "../../src/ingest/receipt.ts";
import { useDatabase } from "../kit/database.ts";
import { useIngest } from "../kit/ingest.ts";

const house = useDatabase();
const ingest = useIngest(house);

const NAMES = ["custid", "crmid", "login", "email", "cookie", "device", "phone"] as const;

/** A small world, so that its people meet: few values of each namespace, a few minutes, a few sources. */
const identity = fc.record({
  namespace: fc.constantFrom(...NAMES),
  number: fc.integer({ min: 1, max: 4 }),
});
const happening = fc.record({
  identities: fc.array(identity, { minLength: 1, maxLength: 3 }),
  minute: fc.integer({ min: 0, max: 6 }),
  key: fc.integer({ min: 0, max: 30 }),
  revision: fc.integer({ min: 0, max: 2 }),
});
const history = fc.record({
  happenings: fc.array(happening, { minLength: 1, maxLength: 24 }),
  cuts: fc.array(fc.integer({ min: 1, max: 6 }), { minLength: 1, maxLength: 10 }),
});

type Happening = typeof happening extends fc.Arbitrary<infer T> ? T : never;

function recordOf({ identities, minute, key, revision }: Happening): IncomingRecord {
  return {
    kind: "touchpoint",
    body: {
      source: "web",
      sourceId: `t${key}`,
      revision: new Date(Date.UTC(2026, 0, 1 + revision)),
      occurredAt: new Date(Date.UTC(2026, 9, 1, 12, minute)),
      kind: "PAGE_VIEW",
      channel: "WEB",
      name: "/home",
      identities: identities.map(({ namespace, number }) => ({ namespace, value: valueOf(namespace, number) })),
    },
  };
}

function valueOf(namespace: string, number: number): string {
  if (namespace === "phone") return `+4670174060${number}`;
  return namespace === "email" ? `p${number}@example.com` : `v${number}`;
}

test("stitching batch by batch gives what all evidence at once gives, stored rows included", async () => {
  await fc.assert(
    fc.asyncProperty(history, async ({ happenings, cuts }) => {
      await empty();
      const rest = [...happenings];
      for (let i = 0; rest.length > 0; i += 1) {
        await ingest.accept(rest.splice(0, cuts[i % cuts.length]).map(recordOf), { door: "test" });
      }
      expect(await stored()).toEqual(await recomputed());
      expect(await misplaced()).toEqual([]);
    }),
    { numRuns: Number(process.env.FC_RUNS ?? 150), interruptAfterTimeLimit: 45_000 },
  );
});

async function empty(): Promise<void> {
  await house.db.query(sql`
    truncate identities, sightings, verdicts, assignments, conflicts, customer_records, interactions, touchpoints,
      ingest_keys, revisions, rejections, batches
  `);
}

type Stretch = [subject: string, from: string, customer: string];

async function stored(): Promise<Stretch[]> {
  const rows = await house.db.query<{ id: string; from: string; customer: string }>(sql`
    select i.id, coalesce(a.valid_from, '-infinity')::text as from, coalesce(a.customer_id, i.customer_id) as customer
    from identities i
    left join assignments a on a.subject_id = i.id and a.known_to = 'infinity'
    order by i.id, a.valid_from
  `);
  return rows.map(({ id, from, customer }) => [id, from.startsWith("-inf") ? "-Infinity" : `${Date.parse(from)}`, customer]);
}

async function recomputed(): Promise<Stretch[]> {
  const identities = await house.db.query<Identity>(sql`
    select id, namespace, value, kind, customer_id as "customerId", born_at as "bornAt" from identities order by id
  `);
  const sightings = await house.db.query<Sighting>(sql`
    select identity_id as "identityId", at, subject_id as "subjectId", record_id as "recordId", source from sightings
  `);
  const verdicts = await house.db.query<Verdict>(sql`
    select id, kind, left_ids as left, right_ids as right, decided_at as at from verdicts where withdrawn_at is null
  `);
  const { assignments } = resolve({ identities, sightings, verdicts, rules: ingest.rules() });
  return identities.flatMap(({ id, customerId }) =>
    (assignments.get(id) ?? [{ from: Number.NEGATIVE_INFINITY, customerId }]).map(
      (range): Stretch => [id, `${range.from}`, range.customerId],
    ),
  );
}

/** Stored rows whose customer is not the one whom their subject belonged to at their time. */
async function misplaced(): Promise<unknown[]> {
  return house.db.query(sql`
    select r.id
    from (
      select subject_id, occurred_at as at, id, customer_id from touchpoints
      union all
      select subject_id, session_start_time, id, customer_id from interactions
    ) r
    join identities i on i.id = r.subject_id
    left join assignments a on a.subject_id = i.id and a.known_to = 'infinity' and a.valid_from <= r.at and r.at < a.valid_to
    where r.customer_id <> coalesce(a.customer_id, i.customer_id)
  `);
}
