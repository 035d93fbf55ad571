import fc from "fast-check";
import { sql } from "../../src/db/sql.ts";
import type { CarriedIdentity } from "../../src/facts/fact.ts";
import { ruleOf, settingsOf } from "../../src/facts/rules.ts";
import { link, merge, split, withdraw } from "../../src/identity/decide.ts";
import { saveNamespace, saveSource } from "../../src/identity/rules.repository.ts";
import { rebuildAll } from "../../src/ingest/correcting/rebuild.ts";
import { withdrawBatch } from "../../src/ingest/correcting/withdraw.ts";
import { matchingAfter, openRematch } from "../../src/ingest/matching/rematch.ts";
import { openTracking } from "../../src/ingest/matching/tracking.ts";
import type { IncomingRecord } from "../../src/ingest/receipt.ts";
import { AppError } from "../../src/kit/errors.ts";
import type { TestDatabase } from "../kit/database.ts";
import { TEST_KEYS, type TestIngest } from "../kit/ingest.ts";
import { read } from "../kit/read.ts";

// Everything that writes what journeys are made of, done at random in a small world.

const PEOPLE = ["custid 1", "custid 2", "email a@example.com", "cookie 1", "cookie 2", "ecid 1", "phone +46701740601"];
const NUMBER = "+46812345671";
export const START = Date.UTC(2026, 9, 1, 12);

type Of<Arbitrary> = Arbitrary extends fc.Arbitrary<infer Value> ? Value : never;

const who = fc.uniqueArray(fc.constantFrom(...PEOPLE), { minLength: 1, maxLength: 2 });
const maybe = <Value>(...values: Value[]) => fc.option(fc.constantFrom(...values), { freq: 2 });
const told = {
  identities: who,
  key: fc.nat(6),
  minute: fc.nat(9),
  revision: fc.nat(2),
};
const moment = fc.record({
  ...told,
  is: fc.constant("moment" as const),
  url: fc.constantFrom("https://a.se/prices", "https://a.se/help", `tel:${NUMBER}`),
  session: maybe("s1", "s2"),
  universal: maybe("u1"),
  campaign: maybe("spring"),
  device: maybe("phone", "desk"),
});
/** Two who carry one cookie, and the cookie alone: whose it was when is an assignment. */
const CARRIED = [["custid 1", "cookie 1"], ["custid 2", "cookie 1"], ["cookie 1"]];
/** Moments of theirs, a batch each. */
export const carried = fc
  .array(fc.record({ one: moment, identities: fc.constantFrom(...CARRIED) }), { minLength: 3, maxLength: 8 })
  .map((told) =>
    told.map(({ one, identities }, key) => ({ act: "tell" as const, records: [{ ...one, key, identities }] })),
  );

const leg = fc.record({
  ...told,
  is: fc.constant("leg" as const),
  channel: fc.constantFrom("VOICE", "VOICE", "CHAT"),
  session: maybe("s1", "s3"),
  universal: maybe("u1", "u2"),
  dialled: maybe(NUMBER),
  page: maybe("https://a.se/prices"),
});
/** What the sender says of a session whose moments make a visit. */
const reported = fc.record({ ...told, is: fc.constant("reported" as const), session: fc.constantFrom("s1", "s2") });
const stated = fc.record({
  ...told,
  is: fc.constant("stated" as const),
  source: fc.constantFrom("crm", "shop"),
  segment: maybe("gold", "silver"),
  region: maybe("North"),
});
export type Told = Of<typeof moment> | Of<typeof leg> | Of<typeof reported> | Of<typeof stated>;
export const anything: fc.Arbitrary<Told> = fc.oneof(
  { weight: 4, arbitrary: moment },
  { weight: 3, arbitrary: leg },
  { weight: 1, arbitrary: reported },
  { weight: 2, arbitrary: stated },
);

const doing = <Act extends string>(act: Act) =>
  fc.record({ act: fc.constant(act), one: fc.nat(), other: fc.nat(), more: fc.nat() });
/** One act; the numbers choose among what is there by then. */
export const act = fc.oneof(
  {
    weight: 12,
    arbitrary: fc.array(anything, { minLength: 1, maxLength: 4 }).map((records) => ({ act: "tell" as const, records })),
  },
  { weight: 2, arbitrary: doing("merge") },
  { weight: 2, arbitrary: doing("split") },
  { weight: 1, arbitrary: doing("link") },
  { weight: 2, arbitrary: doing("undecide") },
  { weight: 3, arbitrary: doing("withdraw") },
  { weight: 2, arbitrary: doing("number") },
  { weight: 1, arbitrary: doing("lend") },
  { weight: 1, arbitrary: doing("rematch") },
  { weight: 1, arbitrary: doing("rank") },
  { weight: 1, arbitrary: doing("limit") },
);
export type Act = Of<typeof act>;

export interface World {
  house: TestDatabase;
  ingest: TestIngest;
}

/** Does it; what is refused changes nothing. */
export async function perform(world: World, done: Act): Promise<void> {
  await doIt(world, done).catch((error) => {
    if (!(error instanceof AppError)) throw error;
  });
}

async function doIt({ house, ingest }: World, done: Act): Promise<unknown> {
  const said = { by: { id: "test", name: "test" }, reason: "because", rules: ingest.rules() };
  const deciding = matchingAfter(house.db);
  const tracking = openTracking({ database: house.db, ...TEST_KEYS, rules: ingest.rules });
  switch (done.act) {
    case "tell":
      return ingest.accept(done.records.map(recordOf), { entryPoint: "test" });
    case "merge": {
      const customers = await customersIn(house);
      return merge(deciding, [pick(customers, done.one), pick(customers, done.other)], said);
    }
    case "split": {
      const identities = await identitiesIn(house);
      const apart = [pick(identities, done.other).id, pick(identities, done.more).id];
      return split(deciding, { customerId: pick(await customersIn(house), done.one), apart }, said);
    }
    case "link": {
      const identities = await identitiesIn(house);
      return link(deciding, [pick(identities, done.one), pick(identities, done.other)], said);
    }
    case "undecide": {
      const verdicts = await house.db.orm.verdict.findMany({ where: { withdrawnAt: null }, orderBy: { at: "asc" } });
      return withdraw(deciding, pick(verdicts, done.one).id, said);
    }
    case "withdraw": {
      const batches = await house.db.orm.batch.findMany({ where: { withdrawnAt: null }, orderBy: { at: "asc" } });
      return withdrawBatch(house.db, pick(batches, done.one).id, { by: "test", rules: said.rules });
    }
    case "number":
      return tracking.save([
        { number: NUMBER, source: "ads", pool: "web", campaign: pick(["radio", "print"], done.one) },
      ]);
    case "lend":
      return tracking.lend({ pool: "web", visitor: { namespace: "ecid", value: "1" }, minutes: 30 });
    case "rematch":
      return openRematch(house.db)();
    case "rank":
      return saveSource(house.db, { ...settingsOf(ingest.rules(), "shop"), rank: 1 + (done.one % 2) * 99 });
    case "limit": {
      await saveNamespace(house.db, { ...ruleOf(ingest.rules(), "email")!, limit: pick([1, null], done.one) });
      await ingest.refresh();
      return rebuildAll(house.db, ingest.rules(), false);
    }
  }
}

function pick<Item>(items: readonly Item[], n: number): Item {
  if (items.length === 0) throw new AppError("NOT_FOUND", "There is none yet.");
  return items[n % items.length]!;
}

async function customersIn({ db }: TestDatabase): Promise<string[]> {
  const customers = sql`select distinct customer_id as id from touchpoints order by 1`;
  return (await read<{ id: string }>(db, customers)).map(({ id }) => id);
}

function identitiesIn({ db }: TestDatabase): Promise<CarriedIdentity[]> {
  return db.orm.identity.findMany({
    where: { kind: { not: "RECORD" } },
    orderBy: [{ namespace: "asc" }, { value: "asc" }],
  });
}

export function recordOf(one: Told): IncomingRecord {
  const at = new Date(START + one.minute * 60_000);
  const revision = new Date(Date.UTC(2026, 0, 1 + one.revision));
  const identities = one.identities.map((identity) => {
    const [namespace, value] = identity.split(" ") as [string, string];
    return { namespace, value };
  });
  const base = { revision, identities };
  switch (one.is) {
    case "moment": {
      const { url, session: sessionId, universal: universalSessionId, campaign, device } = one;
      const kind = url.startsWith("tel:") ? "OTHER" : "PAGE_VIEW";
      const moved = { sessionId, universalSessionId, campaign, device };
      const body = { ...base, source: "web", sourceId: `m${one.key}`, occurredAt: at, channel: "WEB", kind, url };
      return { kind: "touchpoint", body: { ...body, ...moved } };
    }
    case "leg": {
      const { channel, session: sessionId, universal: universalSessionId, dialled, page } = one;
      const body = { ...base, source: "desk", sourceId: `l${one.key}`, sessionStartTime: at, channelType: channel };
      return {
        kind: "interaction",
        body: { ...body, sessionId, universalSessionId, trackingNumber: dialled, pageUrl: page },
      };
    }
    case "reported": {
      const body = { ...base, source: "web", sourceId: one.session, sessionStartTime: at, channelType: "WEB" };
      return { kind: "interaction", body };
    }
    case "stated": {
      const body = { identities, source: one.source, sourceId: `c${one.key}`, observedAt: revision };
      return { kind: "customer", body: { ...body, customerSegmentId: one.segment, region: one.region } };
    }
  }
}
