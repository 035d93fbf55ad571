import { rematchAll } from "../src/ingest/matching/rematch.ts";
import type { IncomingRecord } from "../src/ingest/receipt.ts";
import { buildDataSet, findDataSet } from "./data-set.ts";
import { type Bench, inBatches, webLog } from "./kit.ts";

const DAY = 86_400_000;
const PAGES_EACH = 25;

/**
 * Loads customers who may call, through ingest: each has 25 page views, every third has a customer record with a
 * telephone, every tenth of these telephones is also the neighbour's, and there are calls of the last month. Then
 * inserts a data set around them directly into the tables. Answers how many touchpoints that
 * makes. Where somebody is, they stay alone.
 */
export async function moveCallersIn({ ingest, db }: Bench, callers: number, around: number): Promise<number> {
  const before = await findDataSet(db);
  if (before.touchpoints > 0) return before.touchpoints;
  const visits = webLog(callers * PAGES_EACH);
  for (const records of [visits, customersOf(callers), callsOf(callers, Date.now())]) {
    for (const batch of inBatches(records, 5_000)) await ingest.accept(batch, { entryPoint: "bench" });
  }
  const dataSet = around > 0 ? await buildDataSet(db, around) : { touchpoints: callers * PAGES_EACH };
  // The data set went directly into the tables; ingest would have matched its calls to visits.
  await rematchAll(db);
  await db.pool.query("vacuum (analyze)");
  await db.pool.query("checkpoint");
  return dataSet.touchpoints;
}

/** The number of the n-th caller; every twentieth is a number that nobody has. */
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
