import fc from "fast-check";
import { expect, onTestFinished, test } from "vitest";
import { sql } from "../../src/db/sql.ts";
import { CONSTANT_ABOVE } from "../../src/facts/constants.ts";
import { rebuild } from "../../src/identity/rebuild.ts";
import type { IncomingRecord } from "../../src/ingest/receipt.ts";
import { useDatabase } from "../kit/database.ts";
import { draws, holds } from "../kit/draws.ts";
import { useIngest } from "../kit/ingest.ts";
import { read } from "../kit/read.ts";

const house = useDatabase();
const ingest = useIngest(house);

const phone = (n: number) => ({ namespace: "phone", value: `+4670174${1_000 + n}` });
const call = (n: number, said: object): IncomingRecord => {
  const startedAt = new Date(Date.UTC(2026, 9, 1, 12, n));
  return { kind: "call", body: { source: "ivr", sourceId: `c${n}`, startedAt, ...said } };
};
const send = (records: readonly IncomingRecord[]) => ingest.accept(records, { entryPoint: "test" });

/** Each leg's subject and company, its customer told by the leg that he called in first, and what is odd about it. */
async function told(): Promise<unknown> {
  return read(
    house.db,
    sql`
      select
        l.source_id as leg, i.namespace || ' ' || i.value as subject, k.subject_id = l.subject_id as "isKnown",
        min(l.source_id) over (partition by l.customer_id) as customer,
        min(l.source_id) over (partition by coalesce(l.contact_id, l.id)) as contact, l.data_quality is not null as "isOdd",
        array(
          select o.namespace || ' ' || o.value
          from sightings s
          join identities o on o.id = s.identity_id
          where s.subject_id = l.subject_id and s.record_id = l.id
          order by 1
        ) as others
      from interactions l
      join identities i on i.id = l.subject_id
      join ingest_keys k on k.id = l.id
      order by l.source_id collate "C"
    `,
  );
}

/** How many customers and contacts the legs are of. */
const counted = () =>
  read(
    house.db,
    sql`
      select count(distinct customer_id)::int as customers, count(distinct coalesce(contact_id, id))::int as contacts
      from interactions
    `,
  );

test.each<[string, (n: number) => object]>([
  ["a telephone of their own", (n) => ({ identities: [phone(n)] })],
  [
    "a telephone of their own, one of them known",
    (n) => ({
      identities: [phone(n), ...(n === 5 ? [{ namespace: "custid", value: "4587" }] : [])],
    }),
  ],
])("callers with one session id and %s are one customer up to twenty, and apart from then on", async (_, saidOf) => {
  const calls = Array.from({ length: 22 }, (__, n) => call(n, { sessionId: "constant", ...saidOf(n) }));
  await send(calls.slice(0, 19));
  expect(await counted()).toEqual([{ customers: 1, contacts: 1 }]);

  await send(calls.slice(19));

  expect(await counted()).toEqual([{ customers: 22, contacts: 22 }]);
  expect((await rebuild(house.db, ingest.rules(), false)).reassigned).toBe(0);
});

test("legs and visits of one journey id are no contact once it is a constant, whatever else they state", async () => {
  const visits = Array.from({ length: 3 }, (_, n): IncomingRecord => {
    const occurredAt = new Date(Date.UTC(2026, 9, 1, 11, n));
    const body = { source: "web", sourceId: `p${n}`, occurredAt, channel: "WEB", kind: "PAGE_VIEW", name: "/" };
    return { kind: "touchpoint", body: { ...body, sessionId: `v${n}`, universalSessionId: "everywhere" } };
  });
  const journeys = (from: number, to: number) =>
    Array.from({ length: to - from }, (_, i) =>
      call(from + i, { universalSessionId: "everywhere", contactKey: "shift", identities: [phone(from + i)] }),
    );
  await send([...visits, ...journeys(0, 18)]);
  expect(await counted()).toEqual([{ customers: 1, contacts: 1 }]);

  await send(journeys(18, 23));

  expect(await counted()).toEqual([{ customers: 24, contacts: 26 }]);
});

test("calls with one session id and nothing else are one customer's up to two hundred, and nobody's together beyond", async () => {
  const calls = Array.from({ length: 202 }, (_, n) => call(n, { sessionId: "constant" }));
  await send(calls.slice(0, 200));
  expect(await counted()).toEqual([{ customers: 1, contacts: 1 }]);

  const [receipt] = await send(calls.slice(200));

  expect(await counted()).toEqual([{ customers: 202, contacts: 202 }]);
  expect(receipt!.status).toBe("ACCEPTED");
  expect((await send(calls)).every(({ status }) => status === "REPEATED")).toBe(true);
});

test("callers whom a proxy gives one visitor id are one customer up to twenty telephones, and apart from then on", async () => {
  const proxy = { namespace: "cookie", value: "proxy" };
  const views = Array.from({ length: 3 }, (_, n): IncomingRecord => {
    const occurredAt = new Date(Date.UTC(2026, 9, 1, 11, n));
    const body = { source: "web", sourceId: `p${n}`, occurredAt, channel: "WEB", kind: "PAGE_VIEW", name: "/" };
    return { kind: "touchpoint", body: { ...body, sessionId: `v${n}`, identities: [proxy] } };
  });
  const calls = Array.from({ length: 22 }, (_, n) => call(n, { identities: [proxy, phone(n)] }));
  await send([...views, ...calls.slice(0, 19), call(40, { identities: [proxy] })]);
  expect(await counted()).toEqual([{ customers: 1, contacts: 23 }]);

  await send(calls.slice(19));

  // The browser's own pages, and the call of which nothing else is known, stay with it.
  expect(await counted()).toEqual([{ customers: 23, contacts: 26 }]);
  const { dataQuality } = await house.db.orm.interaction.findFirstOrThrow({ where: { sourceId: "c3" } });
  expect(dataQuality).toEqual([
    { field: "identities", message: expect.stringMatching(/So many telephones .* cookie/) },
  ]);
  expect((await rebuild(house.db, ingest.rules(), false)).reassigned).toBe(0);
});

test("a leg says which of its fields is a constant", async () => {
  const said = (n: number) => ({ sessionId: `s${n}`, contactKey: "shift 7", identities: [phone(n)] });
  await send(Array.from({ length: 25 }, (_, n) => call(n, said(n))));

  const notes = await house.db.orm.interaction.findMany({ select: { dataQuality: true } });

  const message = expect.stringContaining("give each contact an id of its own");
  expect(notes).toEqual(Array(25).fill({ dataQuality: [{ field: "contactKey", message }] }));
});

const drawn = fc.record({
  session: fc.constantFrom("constant", "constant", "constant", "other"),
  universal: fc.constantFrom(null, null, null, "everywhere"),
  persons: fc.constantFrom([], [], [], ["1"], ["2"]),
  phones: fc.constantFrom([], [1], [2], [3], [4], [3, 5]),
  cookies: fc.constantFrom([], [], ["a"], ["b"]),
});
const world = fc.record({
  calls: fc.array(drawn, { minLength: 1, maxLength: 16 }),
  cuts: fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 1, maxLength: 4 }),
  order: fc.array(fc.nat(), { minLength: 16, maxLength: 16 }),
});

test("in whatever order and batches they come, legs end with the subjects, company, customers and contacts that they have at once", async () => {
  const limits = { ...CONSTANT_ABOVE };
  Object.assign(CONSTANT_ABOVE, { others: 3, legs: 4, telephones: 2 });
  onTestFinished(() => void Object.assign(CONSTANT_ABOVE, limits));
  await holds(
    fc.asyncProperty(world, async ({ calls, cuts, order }) => {
      const records = calls.map(({ session, universal, persons, phones, cookies }, n) =>
        call(n, {
          sessionId: session,
          universalSessionId: universal,
          identities: [
            ...persons.map((value) => ({ namespace: "custid", value })),
            ...phones.map(phone),
            ...cookies.map((value) => ({ namespace: "cookie", value })),
          ],
        }),
      );
      await house.empty();
      await send(records);
      const atOnce = await told();

      await house.empty();
      const rest = records.map((record, i) => ({ record, at: order[i]! })).sort((a, b) => a.at - b.at);
      for (let i = 0; rest.length > 0; i += 1) {
        await send(rest.splice(0, cuts[i % cuts.length]).map(({ record }) => record));
      }

      expect(await told()).toEqual(atOnce);
      const { reassigned, rowsMoved } = await rebuild(house.db, ingest.rules(), false);
      expect({ reassigned, rowsMoved }).toEqual({ reassigned: 0, rowsMoved: 0 });
    }),
    draws(15, 20_000),
  );
});
