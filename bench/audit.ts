import { parseArgs } from "node:util";
import { type AuditLog, auditLogOfRequest, openAuditLog } from "../src/audit/audit-log.ts";
import { openKeyring } from "../src/db/keyring.ts";
import { scopesOf } from "../src/graphql/engine/auth.ts";
import { LIMITS } from "../src/graphql/engine/limits.ts";
import { findRules } from "../src/identity/rules.repository.ts";
import { openDoor } from "../src/kit/door.ts";
import { openLog } from "../src/kit/log.ts";
import { readCallerCard } from "../src/live/card.ts";
import { moveCallersIn, phoneShownBy } from "./callers.ts";
import { openBench, percentile } from "./kit.ts";

// What the audit costs a look-up: cards of callers, each answered once its row is stored, and the same without rows, in turns.

const { values } = parseArgs({
  options: {
    callers: { type: "string", default: "3000" },
    seconds: { type: "string", default: "4" },
    rounds: { type: "string", default: "4" },
    at: { type: "string", default: "8" },
  },
});
const CALLERS = Number(values.callers);
/** A card is late after 300 ms, and then costs less: none is here. */
const PATIENCE_MS = 60_000;

const bench = await openBench();
try {
  const { db } = bench;
  await moveCallersIn(bench, CALLERS, 0);
  const [log, rules, { identityKey }] = [openLog("silent"), await findRules(db, "SE"), await openKeyring(db, null)];
  const bounds = { agentId: null, sources: ["*"], teams: [], callCentreIds: [], networks: [], expiresAt: null };
  const viewer = { id: "bench", name: "bench", role: "ivr" as const, scopes: scopesOf("ivr"), ...bounds };
  const kept = openAuditLog(db, log);
  const none: AuditLog = { note: () => {}, settle: async () => {}, close: async () => {} };
  const door = openDoor({ places: LIMITS.lookupsAtOnce });
  let asked = 0;
  const look = async (whole: AuditLog) => {
    const auditLog = auditLogOfRequest(whole);
    const identities = [{ namespace: "phone", value: phoneShownBy(asked++, CALLERS) }];
    const ring = { identities, dialledNumber: null, ivrIntent: null, source: null };
    await readCallerCard({ db, rules, identityKey, log, viewer, auditLog }, ring, { deadlineMs: PATIENCE_MS, door });
  };
  for (const whole of [kept, none]) await round(() => look(whole), 1);
  const rounds = { audited: [] as Round[], unaudited: [] as Round[] };
  for (let n = 0; n < Number(values.rounds); n += 1) {
    rounds.audited.push(await round(() => look(kept), Number(values.seconds)));
    rounds.unaudited.push(await round(() => look(none), Number(values.seconds)));
  }
  await kept.close();
  print(rounds);
} finally {
  await bench.close();
}

interface Round {
  perSecond: number;
  p50: number;
  p99: number;
  /** Milliseconds of this process's CPU for each. */
  cpu: number;
}

/** So many ask one after another for so long. */
async function round(work: () => Promise<void>, seconds: number): Promise<Round> {
  const times: number[] = [];
  const until = performance.now() + seconds * 1_000;
  const before = process.cpuUsage();
  const client = async () => {
    while (performance.now() < until) {
      const start = performance.now();
      await work();
      times.push(performance.now() - start);
    }
  };
  await Promise.all(Array.from({ length: Number(values.at) }, client));
  const { user, system } = process.cpuUsage(before);
  const cpu = (user + system) / 1_000 / times.length;
  return { perSecond: times.length / seconds, p50: percentile(times, 0.5), p99: percentile(times, 0.99), cpu };
}

/** The best round of each. */
function print({ audited, unaudited }: Record<"audited" | "unaudited", Round[]>): void {
  const best = (of: Round[]) => of.toSorted((a, b) => b.perSecond - a.perSecond)[0]!;
  const [kept, none] = [best(audited), best(unaudited)];
  const shown = (of: Round) =>
    `${of.perSecond.toFixed(0)}/s, p50 ${of.p50.toFixed(2)} ms, p99 ${of.p99.toFixed(2)} ms, ${of.cpu.toFixed(2)} ms of CPU`;
  process.stdout.write(`audited    ${shown(kept)}\nunaudited  ${shown(none)}\n`);
  process.stdout.write(
    `ratio      ${(kept.perSecond / none.perSecond).toFixed(2)} of the look-ups, ${(kept.cpu / none.cpu).toFixed(2)} times the CPU\n`,
  );
}
