import fc from "fast-check";
import { expect, test } from "vitest";
import { attributeOf } from "../../src/fields/derive/attributes.ts";
import { withdrawBatch } from "../../src/ingest/correcting/withdraw.ts";
import type { IncomingRecord } from "../../src/ingest/receipt.ts";
import { type Followed, follow } from "../../src/journeys/follow.ts";
import { newId } from "../../src/kit/id.ts";
import { useDatabase } from "../kit/database.ts";
import { draws } from "../kit/draws.ts";
import { useIngest } from "../kit/ingest.ts";
import { act, perform } from "./acts.ts";
import { spelled } from "./spelled.ts";

const house = useDatabase();
const ingest = useIngest(house);

/** Attributes that are asked for; `some` of them, since what is asked for comes and goes. */
const ATTRIBUTES = [
  ..."employmentType extra.k products emailDomain".split(" "),
  ..."intentCategory metadata.k csatScore customerSeconds cost.EUR match.status".split(" "),
].map((name) => attributeOf(name)!);
const look = (before: Followed | null, some = ATTRIBUTES.length) => {
  const attributes = [...ATTRIBUTES.slice(some), ...ATTRIBUTES.slice(0, some)].slice(0, 6);
  return house.db.atOneInstant((snapshot) => follow(snapshot, before, { attributes }));
};
/** In the order in which they lie in the one, as they were asked for in the other. */
const sorted = (followed: Followed) => ({
  ...followed,
  attributes: followed.attributes.toSorted((a, b) => (a.name < b.name ? -1 : 1)),
});

/** People who share a cookie and an address, so that records move them. */
const identities = fc.constantFrom<{ namespace: string; value: string }[][]>(
  [{ namespace: "custid", value: "ann" }],
  [{ namespace: "custid", value: "bob" }],
  [{ namespace: "cookies", value: "k" }],
  [
    { namespace: "custid", value: "ann" },
    { namespace: "cookies", value: "k" },
  ],
  [
    { namespace: "email", value: "a@b.example" },
    { namespace: "custid", value: "bob" },
  ],
);
const at = fc.integer({ min: 0, max: 90 }).map((minute) => Date.UTC(2026, 10, 2, 9, minute));
const maybe = <Value>(...values: Value[]) => fc.option(fc.constantFrom(...values), { freq: 2 });
const name = fc.constantFrom("a", "b", "c", "d");

const touchpoints = fc.record({
  source: fc.constantFrom("web", "app"),
  sourceId: name,
  identities,
  occurredAt: at,
  channel: fc.constantFrom("WEB", "APP"),
  kind: fc.constantFrom("PAGE_VIEW", "SEARCH", "FORM", "TRANSACTION"),
  name: maybe("/home", "/billing"),
  sessionId: maybe("s1", "s2"),
  universalSessionId: maybe("u1"),
  campaign: maybe("spring"),
  sequence: maybe(1, 2),
  revision: at,
});
const legs = fc.record({
  source: fc.constantFrom("acd", "crm"),
  sourceId: name,
  identities,
  channelType: fc.constantFrom("VOICE", "CHAT", "WEB"),
  sessionStartTime: at,
  contactKey: maybe("k1", "k2"),
  universalSessionId: maybe("u1"),
  callReason: maybe("billing", "address"),
  cost: maybe({ amount: "1.25", currency: "EUR" }, { amount: "999999999999999.999999", currency: "GBP" }),
  transactionId: maybe("t1"),
  intentCategory: maybe("money", "moving"),
  metadata: maybe({ k: "a" }, { k: 7 }, { other: "a" }),
  csatScore: maybe(1, 4.5),
  interactionEndTime: at.map((instant) => instant + 3_600_000),
  revision: at,
});
const customers = fc.record({
  source: fc.constant("crm"),
  sourceId: name,
  observedAt: at,
  identities,
  customerSegmentId: maybe("gold", "silver"),
  vvip: maybe(true, false),
  employmentType: maybe("self", "none"),
  products: maybe(["card"], ["card", "loan"], []),
  extra: maybe({ k: "a" }, { k: null }, { other: "a" }),
});
const records: fc.Arbitrary<IncomingRecord> = fc.oneof(
  touchpoints.map((body) => ({ kind: "touchpoint" as const, body })),
  legs.map((body) => ({ kind: "interaction" as const, body })),
  customers.map((body) => ({ kind: "customer" as const, body })),
);
const batches = fc.array(
  fc.oneof(
    { weight: 4, arbitrary: fc.record({ batch: fc.array(records, { minLength: 1, maxLength: 5 }) }) },
    { weight: 1, arbitrary: fc.record({ withdrawn: fc.nat({ max: 3 }) }) },
  ),
  { minLength: 2, maxLength: 6 },
);

test("a store that follows every batch and withdrawal holds what one holds that is loaded afresh", async () => {
  await fc.assert(
    fc.asyncProperty(batches, async (history) => {
      await house.empty();
      let followed: Followed | null = null;
      const batches: string[] = [];

      for (const act of history) {
        if ("batch" in act) {
          const batchId = newId();
          await ingest.accept(act.batch, { entryPoint: "test", batchId });
          batches.push(batchId);
        } else if (batches.length > 0) {
          const [batchId] = batches.splice(act.withdrawn % batches.length, 1);
          await withdrawBatch(house.db, batchId!, { by: "test", rules: ingest.rules() });
        }
        const some = batches.length % ATTRIBUTES.length;
        followed = await look(followed, some);
        expect(spelled(sorted(followed))).toEqual(spelled(sorted(await look(null, some))));
      }
    }),
    draws(4),
  );
});

test("a store that follows every writer there is holds what one holds that is loaded afresh", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(act, { minLength: 3, maxLength: 16 }), async (acts) => {
      await house.empty();
      await ingest.refresh();
      let followed = await look(null);

      for (const one of acts) {
        await perform({ house, ingest }, one);
        followed = await look(followed);
        expect({ one, rows: spelled(followed) }).toEqual({ one, rows: spelled(await look(null)) });
      }
    }),
    draws(5),
  );
});
