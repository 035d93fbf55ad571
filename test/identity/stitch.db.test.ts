import fc from "fast-check";
import { expect, onTestFinished, test } from "vitest";
import { sql } from "../../src/db/sql.ts";
import type { CarriedIdentity } from "../../src/facts/fact.ts";
import { settingsOf } from "../../src/facts/rules.ts";
import { link, merge, split, withdraw } from "../../src/identity/decide.ts";
import { insertIdentities, insertSightings } from "../../src/identity/evidence.repository.ts";
import { SAMPLE, STITCHING_LIMITS } from "../../src/identity/evidence.ts";
import { findKnown } from "../../src/identity/known.repository.ts";
import { rebuild } from "../../src/identity/rebuild.ts";
import { resolve } from "../../src/identity/resolve.ts";
import { restitch } from "../../src/identity/restitch.ts";
import { saveSource } from "../../src/identity/rules.repository.ts";
import type { IncomingRecord } from "../../src/ingest/receipt.ts";
import { AppError } from "../../src/kit/errors.ts";
import { newId } from "../../src/kit/id.ts";
import { useDatabase } from "../kit/database.ts";
import { draws, holds } from "../kit/draws.ts";
import { useIngest } from "../kit/ingest.ts";
import { read } from "../kit/read.ts";
import { type Decided, decidedHistory, decision, FOUND, type Happening, history, recordOf } from "./happenings.ts";

const house = useDatabase();
const ingest = useIngest(house);

test.each([
  ["", (one: Happening) => one],
  [", where all of it is of one instant", (one: Happening) => ({ ...one, minute: 0 })],
])("stitching batch by batch gives what all evidence at once gives, stored rows included%s", async (_, as) => {
  await holds(
    fc.asyncProperty(history, async ({ happenings, cuts }) => {
      await emptied();
      const rest = happenings.map(as);
      for (let i = 0; rest.length > 0; i += 1) {
        await ingest.accept(rest.splice(0, cuts[i % cuts.length]).map(recordOf), { entryPoint: "test" });
      }
      expect(await stored()).toEqual(await recomputed());
      expect(await misplaced()).toEqual([]);
    }),
    draws(6, 20_000),
  );
});

test.each([
  ["", {}],
  [", where three make an identity public", { publicAbove: 2, turns: 3, company: 2 }],
  [", where a sample of four proves that", { publicAbove: 2, turns: 3, company: 4 }],
  [", where two are too many", { publicAbove: 1, turns: 3, company: 2 }],
  [", where two telephones or browsers are too many", { telephones: 1, browsers: 1 }],
])(
  "so it does when people merge, split, link and withdraw in between%s, and rebuilding changes nothing",
  async (_, small) => {
    const [limits, samples] = [{ ...STITCHING_LIMITS }, { ...SAMPLE }];
    for (const [limit, most] of Object.entries(small)) {
      Object.assign(limit in SAMPLE ? SAMPLE : STITCHING_LIMITS, { [limit]: most });
    }
    onTestFinished(() => void [Object.assign(STITCHING_LIMITS, limits), Object.assign(SAMPLE, samples)]);
    await holds(
      fc.asyncProperty(decidedHistory, async ({ batches }) => {
        await emptied();
        for (const { happenings, decision: decided } of batches) {
          await ingest.accept(happenings.map(recordOf), { entryPoint: "test" });
          if (decided) await decide(decided);
          expect(await stored()).toEqual(await recomputed());
        }
        expect(await misplaced()).toEqual([]);
        const { reassigned, rowsMoved } = await rebuild(house.db, ingest.rules(), false);
        expect({ reassigned, rowsMoved }).toEqual({ reassigned: 0, rowsMoved: 0 });
      }),
      { ...draws(6, 20_000), examples: FOUND },
    );
  },
);

test("withdrawing a verdict restores every answer given before it", async () => {
  await holds(
    fc.asyncProperty(history, decision, async ({ happenings }, decided) => {
      fc.pre(decided.act !== "withdraw");
      await emptied();
      await ingest.accept(happenings.map(recordOf), { entryPoint: "test" });
      const before = await stored();
      const verdict = await decide(decided);
      fc.pre(verdict !== null);
      await withdraw(house.db, verdict!, said());
      expect((await stored()).filter(([subject]) => before.some(([known]) => known === subject))).toEqual(before);
    }),
    draws(6, 20_000),
  );
});

/** Decides as a person would, among the customers, identities and verdicts that are there; null where that is refused. */
async function decide({ act, one, other, more }: Decided): Promise<string | null> {
  const pick = <Item>(items: readonly Item[], n: number) => items[n % Math.max(1, items.length)];
  const identities: CarriedIdentity[] = await house.db.orm.identity.findMany({
    where: { kind: { not: "RECORD" } },
    orderBy: [{ namespace: "asc" }, { value: "asc" }],
  });
  const owners = new Map((await stored()).map(([subject, , customer]) => [subject, customer]));
  // In the order of natural keys, so that a failing history fails again.
  const customers = [...new Set(identities.map(({ id }) => owners.get(id)!))];
  const verdicts = await house.db.orm.verdict.findMany({ where: { withdrawnAt: null }, orderBy: { at: "asc" } });
  try {
    switch (act) {
      case "merge":
        return (await merge(house.db, [pick(customers, one)!, pick(customers, other)!], said())).verdict.id;
      case "link":
        return (await link(house.db, [pick(identities, one)!, pick(identities, other)!], said())).verdict.id;
      case "split": {
        const apart = [pick(identities, other)!.id, pick(identities, more)!.id];
        return (await split(house.db, { customerId: pick(customers, one)!, apart }, said())).verdict.id;
      }
      case "withdraw":
        if (verdicts.length > 0) await withdraw(house.db, pick(verdicts, one)!.id, said());
        return null;
    }
  } catch (error) {
    if (error instanceof AppError) return null;
    throw error;
  }
}

/** An empty database in which the records of "note" may not join. */
async function emptied(): Promise<void> {
  await house.empty();
  await saveSource(house.db, { ...settingsOf(ingest.rules(), "note"), joins: false });
  await ingest.refresh();
}

function said() {
  return { by: { id: "test", name: "test" }, reason: "because", rules: ingest.rules() };
}

type Stretch = [subject: string, from: string, customer: string];

async function stored(): Promise<Stretch[]> {
  const rows = await read<{ id: string; from: string; customer: string }>(
    house.db,
    sql`
      select i.id, coalesce(a.valid_from, '-infinity')::text as from, coalesce(a.customer_id, i.customer_id) as customer
      from identities i
      left join assignments a on a.subject_id = i.id and a.known_to = 'infinity'
      order by i.id, a.valid_from
    `,
  );
  return rows.map(({ id, from, customer }) => [
    id,
    from.startsWith("-inf") ? "-Infinity" : `${Date.parse(from)}`,
    customer,
  ]);
}

async function recomputed(): Promise<Stretch[]> {
  const identities = await house.db.orm.identity.findMany({ orderBy: { id: "asc" } });
  const sightings = await house.db.orm.sighting.findMany();
  const verdicts = await house.db.orm.verdict.findMany({ where: { withdrawnAt: null } });
  const knownAlone = new Set(
    await findKnown(
      house.db,
      identities.map(({ id }) => id),
    ),
  );
  const { assignments, conflicts } = resolve({ identities, sightings, verdicts, rules: ingest.rules(), knownAlone });
  const carriers = new Set(identities.filter(({ kind }) => kind === "CARRIER").map(({ id }) => id));
  const shown = conflicts
    .filter(({ b, kind }) => kind === "CONTESTED" && carriers.has(b))
    .map(({ a, b }) => `${a} ${b}`);
  expect(await listed()).toEqual(shown.sort());
  return identities.flatMap(({ id, customerId }) =>
    (assignments.get(id) ?? [{ from: Number.NEGATIVE_INFINITY, customerId }]).map(
      (range): Stretch => [id, `${range.from}`, range.customerId],
    ),
  );
}

/** The carriers that the list of conflicts keeps from a crowd. */
async function listed(): Promise<string[]> {
  const rows = await read<{ pair: string }>(
    house.db,
    sql`
      select c.a_id || ' ' || c.b_id as pair
      from conflicts c
      join identities i on i.id = c.b_id and i.kind = 'CARRIER'
      where c.kind = 'CONTESTED'
    `,
  );
  return rows.map(({ pair }) => pair).sort();
}

/** Stored rows whose customer is not the one whom their subject belonged to at their time. */
async function misplaced(): Promise<unknown[]> {
  return read(
    house.db,
    sql`
      select r.id
      from (
        select subject_id, occurred_at as at, id, customer_id from touchpoints
        union all
        select subject_id, session_start_time, id, customer_id from interactions
      ) r
      join identities i on i.id = r.subject_id
      left join assignments a on a.subject_id = i.id and a.known_to = 'infinity' and a.valid_from <= r.at and r.at < a.valid_to
      where r.customer_id <> coalesce(a.customer_id, i.customer_id)
    `,
  );
}

test("a carrier that would bring too much along is nobody's instead, until somebody looks at it", async () => {
  const at = new Date("2026-10-01T12:00:00Z");
  const cookie = { namespace: "cookie", value: "kiosk" };
  const views = [...Array(20).keys()].map((n): IncomingRecord => {
    const body = { source: "web", sourceId: `v${n}`, occurredAt: at, kind: "PAGE_VIEW", channel: "WEB", name: "/" };
    return { kind: "touchpoint", body: { ...body, identities: [cookie] } };
  });
  const [view] = await ingest.accept(views, { entryPoint: "test" });
  const login = { id: newId(), namespace: "login", value: "a", kind: "PERSONAL", display: null } as const;
  await insertIdentities(house.db, [login], null);
  const pair = { subject: login.id, identity: view!.subjectId! };
  const seen = { identityId: pair.identity, subjectId: pair.subject, at, recordId: newId(), source: "web" };
  await insertSightings(house.db, [seen], null);

  const change = { touched: [pair], added: [pair], removed: [], verdict: null };
  await restitch(house.db, change, ingest.rules(), 19);

  const owners = await read(house.db, sql`select distinct customer_id as id from touchpoints`);
  expect(owners).toEqual([{ id: view!.customerId }]);
  expect(await rebuild(house.db, ingest.rules(), false)).toMatchObject({ reassigned: 0, rowsMoved: 0 });
});
