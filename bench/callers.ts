import { rematchAll } from "../src/ingest/matching/match.ts";
import type { IncomingRecord } from "../src/ingest/receipt.ts";
import { settleRollUps } from "../src/ingest/storing/roll-ups.ts";
import { type Bench, inBatches, webLog } from "./kit.ts";
import { buildTown } from "./town.ts";

const DAY = 86_400_000;
const PAGES_EACH = 25;

/**
 * People who may call, in through the front door: each with 25 page views, every third a customer with a telephone,
 * every tenth of these telephones the neighbour's too, and calls of the last month; then a town around them, straight
 * in the tables. Answers how many touchpoints that makes.
 */
export async function moveCallersIn({ ingest, db }: Bench, callers: number, around: number): Promise<number> {
  const visits = webLog(callers * PAGES_EACH);
  for (const records of [visits, customersOf(callers), callsOf(callers, Date.now())]) {
    for (const batch of inBatches(records, 5_000)) await ingest.accept(batch, { door: "bench" });
  }
  const town = around > 0 ? await buildTown(db, around) : { touchpoints: callers * PAGES_EACH };
  // The town lies in the tables as if it had come in, and then its calls would have been matched to the web.
  await rematchAll(db);
  // What a server does within minutes of an import, not while it is measured.
  await settleRollUps(db);
  await db.pool.query("vacuum (analyze)");
  await db.pool.query("checkpoint");
  return town.touchpoints;
}

/** The number that the n-th of these callers shows; one in twenty shows one that nobody is known by. */
export function phoneShownBy(n: number, callers: number): string {
  const caller = (n * 7_919) % callers;
  return n % 20 === 0 ? phoneOf(caller + callers) : phoneOf(caller - (caller % 3));
}

function* customersOf(callers: number): Generator<IncomingRecord> {
  for (let n = 0; n < callers; n += 3) {
    const stated = { displayName: `Customer ${n}`, vvip: n % 50 === 0, isDigitalEligible: n % 2 === 0 };
    const seen = { source: "crm", sourceId: `${n}`, observedAt: "2026-01-01T00:00:00Z" };
    yield { kind: "customer", body: { ...seen, ...stated, identities: [custIdOf(n), phoneAt(n)] } };
    if (n % 10 !== 0) continue;
    const moved = { source: "crm", sourceId: `${n} moved in`, observedAt: "2026-06-01T00:00:00Z" };
    yield { kind: "customer", body: { ...moved, identities: [custIdOf(n), phoneAt(n + 3)] } };
  }
}

function* callsOf(callers: number, now: number): Generator<IncomingRecord> {
  for (let n = 0; n < callers; n += 3) {
    for (let call = 0; call < n % 4; call += 1) {
      const at = { startedAt: new Date(now - ((n + call * 7) % 40) * DAY).toISOString(), durationSeconds: 180 };
      const about = { callReason: call % 2 ? "invoice" : "outage", isResolved: call % 3 > 0, agentId: `a${n % 300}` };
      const sourceId = `${n}-${call}`;
      yield { kind: "call", body: { source: "pbx", sourceId, ...at, ...about, identities: [phoneAt(n)] } };
    }
  }
}

const custIdOf = (n: number) => ({ namespace: "custid", value: `${1_000_000 + n}` });
const phoneAt = (n: number) => ({ namespace: "phone", value: phoneOf(n) });

function phoneOf(n: number): string {
  return `+4670${1_000_000 + n}`;
}
