import fc from "fast-check";
import { expect, test } from "vitest";
import { sql } from "../../src/db/sql.ts";
import { rebuild } from "../../src/identity/rebuild.ts";
import { useDatabase } from "../kit/database.ts";
import { draws, holds } from "../kit/draws.ts";
import { useIngest } from "../kit/ingest.ts";
import { read } from "../kit/read.ts";
import { type Body, cuts, emptyCustomers, FIELDS, history, recordOf, whoIsWho } from "./stating.ts";

const house = useDatabase();
const ingest = useIngest(house);

async function tell(bodies: readonly Body[], sizes: readonly number[]): Promise<void> {
  await emptyCustomers(house);
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
    draws(12, 20_000),
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
      const one = [await shown(0), await shown(1), await whoIsWho(house)];
      await tell([...births.toReversed(), ...order], others);
      const other = [await shown(0), await shown(1), await whoIsWho(house)];
      expect(other).toEqual(one);

      const again = await ingest.accept([...bodies, ...births].map(recordOf), { entryPoint: "test" });
      expect(new Set(again.map(({ status }) => status))).toEqual(new Set(["REPEATED"]));
      expect([await shown(0), await shown(1), await whoIsWho(house)]).toEqual(one);
    }),
    draws(12, 20_000),
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
    const named = (body.identities ?? []).filter((name) => name.includes(" "));
    for (const namespace of (body.identities ?? []).filter((name) => !name.includes(" "))) {
      const isOf = (name: string) => name.startsWith(`${namespace} `);
      if (!named.some(isOf)) standing = new Set([...standing].filter((name) => !isOf(name)));
    }
    for (const name of named) standing.add(name);
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
