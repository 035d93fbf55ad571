import fc from "fast-check";
import { expect, test } from "vitest";
import { row, text, uuid, word } from "../../src/db/row.ts";
import { sql } from "../../src/db/sql.ts";
import { type ConsentStatement, standingConsents } from "../../src/facts/consents.ts";
import { PURPOSES } from "../../src/fields/choices.ts";
import { CONSENT_FIELDS } from "../../src/fields/consent.ts";
import { countLeftOut } from "../../src/journeys/left-out.ts";
import { useDatabase } from "../kit/database.ts";
import { draws } from "../kit/draws.ts";
import { useIngest } from "../kit/ingest.ts";
import { useJourneys, versionOf } from "../reports/kit/journeys.ts";

const house = useDatabase();
const ingest = useIngest(house);
const journeys = useJourneys(house);

const identity = fc.constantFrom("custid 1", "custid 2", "email a@b.se", "cookie c", "cookie d");
const said = fc.record(
  Object.fromEntries(CONSENT_FIELDS.map(([, field]) => [field, fc.constantFrom(true, false, null)])),
  { requiredKeys: [] },
);
const record = fc.record({
  isMoment: fc.boolean(),
  key: fc.nat(5),
  day: fc.integer({ min: 1, max: 3 }),
  names: fc.uniqueArray(identity, { minLength: 1, maxLength: 2 }),
  said,
});
type Said = { isMoment: boolean; key: number; day: number; names: string[]; said: Record<string, boolean | null> };

function bodyOf({ isMoment, key, day, names, said }: Said) {
  const at = `2026-11-0${day}T08:00:00Z`;
  const identities = names.map((name) => ({ namespace: name.split(" ")[0], value: name.split(" ")[1] }));
  if (!isMoment)
    return {
      kind: "customer" as const,
      body: { source: "crm", sourceId: `${key}`, observedAt: at, identities, ...said },
    };
  const moment = { source: "web", sourceId: `${key}`, occurredAt: at, revision: at, channel: "WEB", kind: "PAGE_VIEW" };
  return { kind: "touchpoint" as const, body: { ...moment, identities, ...said } };
}

const Closed = row({ customerId: uuid, purpose: word(PURPOSES) });
const Kept = row({ customerId: uuid, at: text, record: text });

/** What each customer's records say, told by their columns one by one. */
async function statements(): Promise<Map<string, ConsentStatement[]>> {
  const rows = await house.db.rows(
    Kept,
    sql`
      select customer_id as "customerId", observed_at::text as at, to_jsonb(r)::text as record from customer_records r
      union all
      select customer_id, occurred_at::text, to_jsonb(t)::text from touchpoints t
    `,
  );
  const found = new Map<string, ConsentStatement[]>();
  for (const { customerId, at, record } of rows) {
    const columns = JSON.parse(record);
    for (const [purpose, field] of CONSENT_FIELDS) {
      const isGiven = columns[`${purpose.toLowerCase()}_consent`];
      if (isGiven === null) continue;
      const statedAt = new Date(columns.stated?.[field] ?? at);
      found.set(customerId, [...(found.get(customerId) ?? []), { purpose, isGiven, statedAt }]);
    }
  }
  return found;
}

test("the database closes its uses to whoever refuses by the pure rule, whatever came, and reports follow", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.array(record, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 4 }),
      async (batches) => {
        await house.empty();
        await ingest.refresh();
        for (const batch of batches) {
          await ingest.accept((batch as Said[]).map(bodyOf), { entryPoint: "test" });

          const all = await statements();
          const refused = [...all].flatMap(([customerId, stated]) =>
            [...standingConsents(stated).values()]
              .filter(({ isGiven }) => !isGiven)
              .map(({ purpose }) => `${customerId} ${purpose}`),
          );
          const closed = await house.db.rows(
            Closed,
            sql`select distinct x.customer_id as "customerId", x.purpose from consent_closed x`,
          );
          const asked = new Set(["SERVICE", "ANALYTICS"]);
          expect(closed.map(({ customerId, purpose }) => `${customerId} ${purpose}`).sort()).toEqual(
            refused.filter((one) => asked.has(one.split(" ")[1]!)).sort(),
          );
          const { partitions } = await versionOf(journeys.asOf(null));
          const active = await house.db.rows(
            row({ id: uuid }),
            sql`select distinct customer_id as id from customer_events`,
          );
          const out = new Set(refused.filter((one) => one.endsWith(" ANALYTICS")).map((one) => one.split(" ")[0]));
          expect(countLeftOut(partitions)).toBe(active.filter(({ id }) => out.has(id)).length);
        }
      },
    ),
    draws(8),
  );
});
