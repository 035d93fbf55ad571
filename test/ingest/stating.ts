import fc from "fast-check";
import { sql } from "../../src/db/sql.ts";
import type { IncomingRecord } from "../../src/ingest/receipt.ts";
import type { TestDatabase } from "../kit/database.ts";
import { read } from "../kit/read.ts";

// A source states a customer bit by bit: whatever is left out says nothing, null and an empty list say none.

const IDENTITIES = [
  "custid 1",
  "custid 2",
  "email a@example.com",
  "email b@example.com",
  "phone +46701740601",
  "cookie k",
];
/** Whose value is null. */
const NONE = ["custid", "email"];
export const FIELDS = ["displayName", "age", "products", "customerSegmentId"] as const;
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
    identities: maybe(fc.uniqueArray(fc.constantFrom(...IDENTITIES, ...NONE), { minLength: 1, maxLength: 3 }), []),
    withdrawn: fc.uniqueArray(fc.constantFrom(...IDENTITIES), { maxLength: 2 }),
  })
  .map(({ withdrawn, identities, ...fields }) => {
    const taken = withdrawn.filter((one) => !identities?.includes(one));
    return { ...fields, identities, withdrawIdentities: taken.length > 0 ? taken : undefined };
  });
type Said = typeof said extends fc.Arbitrary<infer T> ? T : never;

export interface Body extends Said {
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

export const cuts = fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 6 });
export const history = fc.record({
  births: fc.tuple(births[0]!, births[1]!) as fc.Arbitrary<[Body, Body]>,
  bodies: fc.array(later, { maxLength: 8 }),
  cuts,
});

const split = (name: string) => {
  const [namespace, value = null] = name.split(" ") as [string, string?];
  return { namespace, value };
};

export function recordOf({ key, minute, identities, withdrawIdentities, ...fields }: Body): IncomingRecord {
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

/** The identities that stand, grouped by who has them when. */
export async function whoIsWho({ db }: TestDatabase) {
  const rows = await read<{ name: string; owners: string }>(
    db,
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

export async function emptyCustomers({ db }: TestDatabase): Promise<void> {
  await db.run(sql`
    truncate identities, sightings, assignments, conflicts, customer_records, ingest_keys, revisions, batches, rejections
  `);
}
