import fc from "fast-check";
import { expect, test } from "vitest";
import { sql } from "../../src/db/sql.ts";
import { rebuild } from "../../src/identity/rebuild.ts";
import type { IncomingRecord } from "../../src/ingest/receipt.ts";
import { useDatabase } from "../kit/database.ts";
import { draws, holds } from "../kit/draws.ts";
import { useIngest } from "../kit/ingest.ts";
import { read } from "../kit/read.ts";

// A source states a customer bit by bit: whatever is left out says nothing, null and an empty list say none.

const house = useDatabase();
const ingest = useIngest(house);

const IDENTITIES = [
  "custid 1",
  "custid 2",
  "email a@example.com",
  "email b@example.com",
  "phone +46701740601",
  "cookie k",
];
const FIELDS = ["displayName", "age", "products", "customerSegmentId"] as const;
const KEYS = ["plan", "seats", "constructor", "a.b"];

/** Left out, none, or a value. */
const maybe = <T>(value: fc.Arbitrary<T>, ...none: T[]): fc.Arbitrary<T | null | undefined> =>
  fc.oneof(fc.constantFrom(undefined, null, ...none), value);

const said = fc
  .record({
    displayName: maybe(fc.constantFrom("Ann", "Anna")),
    age: maybe(fc.constantFrom(40, 41)),
    products: maybe(fc.constantFrom<string[]>(["card"], ["loan", "card"]), []),
    customerSegmentId: maybe(fc.constantFrom("gold", "silver")),
    extra: maybe(
      fc
        .array(fc.tuple(fc.constantFrom(...KEYS), fc.constantFrom<unknown>(1, "x", null)), { maxLength: 3 })
        .map((entries) => Object.fromEntries(entries)),
    ),
    identities: maybe(fc.uniqueArray(fc.constantFrom(...IDENTITIES), { minLength: 1, maxLength: 3 }), []),
    withdrawn: fc.uniqueArray(fc.constantFrom(...IDENTITIES), { maxLength: 2 }),
  })
  .map(({ withdrawn, identities, ...fields }) => {
    const taken = withdrawn.filter((one) => !identities?.includes(one));
    return { ...fields, identities, withdrawIdentities: taken.length > 0 ? taken : undefined };
  });
type Said = typeof said extends fc.Arbitrary<infer T> ? T : never;

interface Body extends Said {
  key: number;
  minute: number;
}

/** Two records of a CRM; the first of each names somebody, as a first record must. */
const births = [0, 1].map((key) =>
  fc.record({
    key: fc.constant(key),
    minute: fc.nat(6),
    identities: fc.uniqueArray(fc.constantFrom(...IDENTITIES), { minLength: 1, maxLength: 3 }),
  }),
);
const later = fc.tuple(said, fc.nat(1), fc.nat(6)).map(([body, key, minute]): Body => ({ ...body, key, minute }));

const cuts = fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 6 });
const history = fc.record({
  births: fc.tuple(births[0]!, births[1]!) as fc.Arbitrary<[Body, Body]>,
  bodies: fc.array(later, { maxLength: 8 }),
  cuts,
});

const split = (name: string) => {
  const [namespace, value] = name.split(" ") as [string, string];
  return { namespace, value };
};

function recordOf({ key, minute, identities, withdrawIdentities, ...fields }: Body): IncomingRecord {
  const body = {
    source: "crm",
    sourceId: `r${key}`,
    observedAt: new Date(Date.UTC(2026, 9, 1, 12, minute)),
    ...fields,
    identities: identities?.map(split) ?? identities,
    withdrawIdentities: withdrawIdentities?.map(split),
  };
  return {
    kind: "customer",
    body: Object.fromEntries(Object.entries(body).filter(([, value]) => value !== undefined)),
  };
}

async function tell(bodies: readonly Body[], sizes: readonly number[]): Promise<void> {
  await empty();
  const rest = bodies.map(recordOf);
  for (let i = 0; rest.length > 0; i += 1) {
    const receipts = await ingest.accept(rest.splice(0, sizes[i % sizes.length]), { entryPoint: "test" });
    for (const { status } of receipts) expect(["ACCEPTED", "REPEATED", "SUPERSEDED", "STALE"]).toContain(status);
  }
}

test("the last statement of each field, identity and key counts, in whatever order and batches they arrive", async () => {
  const distinct = history.filter(({ births, bodies }) => {
    const moments = [...births, ...bodies].map(({ key, minute }) => `${key} ${minute}`);
    return new Set(moments).size === moments.length;
  });
  await holds(
    fc.asyncProperty(distinct, async ({ births, bodies, cuts: sizes }) => {
      await tell([...births, ...bodies], sizes);
      for (const key of [0, 1]) {
        const told = [...births, ...bodies].filter((body) => body.key === key).sort((a, b) => a.minute - b.minute);
        expect(await shown(key)).toEqual(expectedOf(told));
      }
      const { reassigned, rowsMoved } = await rebuild(house.db, ingest.rules(), false);
      expect({ reassigned, rowsMoved }).toEqual({ reassigned: 0, rowsMoved: 0 });
    }),
    draws(25, 20_000),
  );
});

test("statements of one millisecond come to the same in any order and batches, and sent again change nothing", async () => {
  const shuffled = history.chain((told) =>
    fc.record({
      told: fc.constant(told),
      order: fc.shuffledSubarray(told.bodies, { minLength: told.bodies.length }),
      sizes: cuts,
    }),
  );
  await holds(
    fc.asyncProperty(shuffled, async ({ told: { births, bodies, cuts: sizes }, order, sizes: others }) => {
      await tell([...births, ...bodies], sizes);
      const one = [await shown(0), await shown(1), await whoIsWho()];
      await tell([...births.toReversed(), ...order], others);
      const other = [await shown(0), await shown(1), await whoIsWho()];
      expect(other).toEqual(one);

      const again = await ingest.accept([...bodies, ...births].map(recordOf), { entryPoint: "test" });
      expect(new Set(again.map(({ status }) => status))).toEqual(new Set(["REPEATED"]));
      expect([await shown(0), await shown(1), await whoIsWho()]).toEqual(one);
    }),
    draws(25, 20_000),
  );
});

/** The record as its statements say, told one after the other. */
function expectedOf(told: readonly Body[]) {
  const record: Record<string, unknown> = { displayName: null, age: null, products: [], customerSegmentId: null };
  let extra = new Map<string, unknown>();
  let standing = new Set<string>();
  for (const body of told) {
    for (const name of FIELDS) {
      const value = body[name];
      if (value !== undefined) record[name] = value ?? (name === "products" ? [] : null);
    }
    if (body.extra === null) extra = new Map();
    for (const [key, value] of Object.entries(body.extra ?? {})) {
      if (value === null) extra.delete(key);
      else extra.set(key, value);
    }
    if (body.identities === null || body.identities?.length === 0) standing = new Set();
    for (const name of body.identities ?? []) standing.add(name);
    for (const name of body.withdrawIdentities ?? []) standing.delete(name);
  }
  return { ...record, extra: [...extra].sort(), identities: [...standing].sort() };
}

/** The stored record, and the identities that its evidence shows. */
async function shown(key: number) {
  const [row] = await read<{ extra: Record<string, unknown> | null; carried: string[] }>(
    house.db,
    sql`
      select
        r.display_name as "displayName", r.age, r.products, r.customer_segment_id as "customerSegmentId", r.extra,
        (
          select jsonb_agg(i.namespace || ' ' || coalesce(i.display, i.value))
          from identities i
          where i.id = r.subject_id
          or i.id in (select s.identity_id from sightings s where s.subject_id = r.subject_id and s.record_id = r.id)
        ) as carried
      from customer_records r
      where r.source_id = ${`r${key}`}
    `,
  );
  const { carried, extra, ...fields } = row!;
  const identities = carried.filter((name) => !name.startsWith("sourceid ")).sort();
  return { ...fields, extra: Object.entries(extra ?? {}).sort(), identities };
}

/** The identities that stand, grouped by who has them when. */
async function whoIsWho() {
  const rows = await read<{ name: string; owners: string }>(
    house.db,
    sql`
      select i.namespace || ' ' || coalesce(i.display, i.value) as name,
        coalesce(
          (select string_agg(a.valid_from::text || a.customer_id::text, ' ' order by a.valid_from)
           from assignments a where a.subject_id = i.id and a.known_to = 'infinity'),
          '-infinity' || i.customer_id::text
        ) as owners
      from identities i
      where i.namespace <> 'sourceid'
      and i.id in (select s.identity_id from sightings s union all select r.subject_id from customer_records r)
      order by 1
    `,
  );
  const groups = new Map<string, string[]>();
  for (const { name, owners } of rows) groups.set(owners, [...(groups.get(owners) ?? []), name]);
  return [...groups.values()].map((names) => names.join(", ")).sort();
}

async function empty(): Promise<void> {
  await house.db.run(sql`
    truncate identities, sightings, assignments, conflicts, customer_records, ingest_keys, revisions, batches, rejections
  `);
}
