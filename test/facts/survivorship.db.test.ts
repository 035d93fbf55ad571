import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readRecord } from "../../src/customers/record.loader.ts";
import { sql } from "../../src/db/sql.ts";
import { DEFAULT_RANK } from "../../src/facts/rules.ts";
import { type SurvivingField, survivingOf, survivingValue } from "../../src/facts/survivorship.sql.ts";
import { saveSource } from "../../src/identity/rules.repository.ts";
import { personOf } from "../../src/live/person.ts";
import { WhoRow, whoSql } from "../../src/live/who.sql.ts";
import { type TestDatabase, useDatabase } from "../kit/database.ts";
import { draws } from "../kit/draws.ts";
import { useIngest } from "../kit/ingest.ts";
import { read } from "../kit/read.ts";
import { BOUND_TO_NOTHING } from "../kit/viewer.ts";
import { requestOn } from "../live/telling.ts";

const FIELDS = [
  "customerSegmentId",
  "displayName",
  "highRiskCustomer",
  "isDigitalEligible",
  "premierCustomer",
  "products",
  "region",
  "vvip",
] as const satisfies SurvivingField[];

// Names that bytes, JavaScript and a dictionary put in three different orders.
const names = fc.constantFrom("a", "B", "ä", "Z", "a-b", "ab", "ﬁ", "😀");
const RANKED = { B: 50, ä: 50, "😀": DEFAULT_RANK };

const text = fc.constantFrom("North", "south", null);
const flag = fc.constantFrom(true, false, null);
const signal = fc.record({ code: fc.constantFrom("churn", "Offer", "ärende"), reason: fc.constantFrom("x", "y") });
const statement = fc.record({
  custid: fc.constantFrom("1", "2", "3"),
  source: names,
  name: names,
  day: fc.constantFrom("2026-03-01T00:00:00.000Z", "2026-03-02T00:00:00.000Z"),
  fields: fc.record(
    {
      customerSegmentId: text,
      displayName: text,
      region: text,
      highRiskCustomer: flag,
      isDigitalEligible: flag,
      premierCustomer: flag,
      vvip: flag,
      products: fc.constantFrom([], ["card"], ["loan", "card"], null),
      signals: fc.array(signal, { maxLength: 3 }),
    },
    { requiredKeys: [] },
  ),
});
const statements = fc.uniqueArray(statement, {
  minLength: 4,
  maxLength: 24,
  selector: ({ custid, source, name, day }) => [custid, source, name, day].join("\t"),
});

describe.each([
  ["byte by byte", { isSorted: false }],
  ["as a dictionary does", { isSorted: true }],
])("on a database that sorts %s", (_name, sorted) => {
  const house = useDatabase(sorted);
  const ingest = useIngest(house);

  test("the database's surviving values are those of `survive`, whichever statement asks", {
    timeout: 120_000,
  }, async () => {
    for (const [name, rank] of Object.entries(RANKED)) await saveSource(house.db, { ...PLAIN, name, rank });
    await ingest.refresh();
    let run = 0;
    await fc.assert(
      fc.asyncProperty(statements, async (drawn) => {
        run += 1;
        const records = drawn.map(({ custid, source, name, day, fields }) => ({
          kind: "customer" as const,
          body: {
            source,
            sourceId: `${name} ${custid} ${run}`,
            observedAt: day,
            identities: [{ namespace: "custid", value: `${run}-${custid}` }],
            ...fields,
          },
        }));
        const receipts = await ingest.accept(records, { entryPoint: "test" });
        const ids = [...new Set(receipts.map(({ customerId }) => customerId!))];

        const expected = await Promise.all(ids.map((id) => survivorIn(house, id)));

        expect(await oneByOne(house, ids)).toEqual(expected.map(({ signals: _, ...shown }) => shown));
        expect(await inOnePass(house, ids)).toEqual(expected.map(({ products: _, signals: __, ...single }) => single));
        expect(await whoCalls(house, ids)).toEqual(expected.map(({ products: _, ...shown }) => shown));
        expect(await inBi(house, ids)).toEqual(expected.map(({ displayName: _, signals: __, ...shown }) => shown));
        expect(await ofRegion(house, "North", ids)).toEqual(
          ids.filter((_, n) => expected[n]!.region === "North").sort(),
        );
      }),
      draws(10),
    );
  });
});

const PLAIN = {
  defaultRegion: null,
  timeZone: null,
  anchorIssuer: null,
  keepKinds: [],
  foreignPrefixes: [],
  ownNumbers: [],
  volatileFields: [],
  transactionIssuer: null,
  anchorDigits: null,
  aheadMinutes: 10,
  visitTimeoutMinutes: 30,
  originalDays: 0,
  joins: true,
  redacts: [],
};

type Surviving = Record<(typeof FIELDS)[number] | "signals", unknown>;

/** What the API shows. */
async function survivorIn(house: TestDatabase, id: string): Promise<Surviving> {
  const request = await requestOn(house.db);
  const { values, signals } = (await readRecord(request, [id]))!.survivor;
  const said = signals.map(({ code, reason }) => ({ code, reason }));
  const shown = FIELDS.map((field) => [field, values[field] ?? null]);
  return { ...(Object.fromEntries(shown) as Surviving), signals: said.length > 0 ? said : null };
}

const list = (parts: readonly ReturnType<typeof sql>[]) => parts.reduce((all, part) => sql`${all}, ${part}`);

/** A field at a time. */
function oneByOne(house: TestDatabase, ids: readonly string[]): Promise<Partial<Surviving>[]> {
  const values = FIELDS.map((field) => sql`${field}::text, to_jsonb(${survivingValue(field, sql`k.id`)})`);
  return asked(
    house,
    sql`
      select jsonb_build_object(${list(values)}) as fields
      from unnest(${ids}::uuid[]) with ordinality as k (id, place)
      order by k.place
    `,
  );
}

/** All of them but the list, in one pass over the records. */
function inOnePass(house: TestDatabase, ids: readonly string[]): Promise<Partial<Surviving>[]> {
  const values = FIELDS.filter((field) => field !== "products").map(
    (field) => sql`${field}::text, to_jsonb(${survivingOf(field)})`,
  );
  return asked(
    house,
    sql`
      select jsonb_build_object(${list(values)}) as fields
      from unnest(${ids}::uuid[]) with ordinality as k (id, place)
      join customer_records r on r.customer_id = k.id
      left join sources o on o.name = r.source
      group by k.id, k.place
      order by k.place
    `,
  );
}

/** What a look-up of the caller uses. */
async function whoCalls(house: TestDatabase, ids: readonly string[]): Promise<Partial<Surviving>[]> {
  const { rules } = await requestOn(house.db);
  const answers = ids.map(async (id) => {
    const [identity] = await read<{ id: string }>(
      house.db,
      sql`select id from identities where customer_id = ${id}::uuid`,
    );
    const asked = whoSql({ identityIds: [identity!.id], dialledNumber: null, viewer: BOUND_TO_NOTHING });
    const [answer] = await house.db.rows(WhoRow, asked);
    return personOf(answer!.people![0]!, rules);
  });
  return (await Promise.all(answers)).map(({ segment, premier, highRisk, signals, ...more }) => {
    const { custId: _c, id: _i, isAnonymous: _a, createdAt: _t, shortOf: _s, ...rest } = more;
    const renamed = { customerSegmentId: segment, premierCustomer: premier, highRiskCustomer: highRisk };
    return { ...rest, ...renamed, signals: signals.length > 0 ? signals : null };
  });
}

/** What Power BI reads. */
function inBi(house: TestDatabase, ids: readonly string[]): Promise<Partial<Surviving>[]> {
  return asked(
    house,
    sql`
      select
        jsonb_build_object(
          'customerSegmentId', v."CustomerSegmentID", 'region', v."Region", 'vvip', v."VVIP",
          'highRiskCustomer', v."HighRiskCustomer", 'premierCustomer', v."PremierCustomer",
          'isDigitalEligible', v."IsDigitalEligible",
          'products', nullif(to_jsonb(array_remove(array[v."Product 1", v."Product 2", v."Product 3"], null)), '[]')
        ) as fields
      from unnest(${ids}::uuid[]) with ordinality as k (id, place)
      join bi.car v on v."CustomerKey" = k.id
      order by k.place
    `,
  );
}

async function ofRegion(house: TestDatabase, region: string, ids: readonly string[]): Promise<string[]> {
  const rows = await read<{ customer_id: string }>(
    house.db,
    sql`
      select r.customer_id
      from customer_records r
      left join sources o on o.name = r.source
      group by r.customer_id
      having ${survivingOf("region")} = ${region}
    `,
  );
  return rows
    .map(({ customer_id: id }) => id)
    .filter((id) => ids.includes(id))
    .sort();
}

async function asked<Fields>(house: TestDatabase, statement: ReturnType<typeof sql>): Promise<Fields[]> {
  return (await read<{ fields: Fields }>(house.db, statement)).map(({ fields }) => fields);
}
