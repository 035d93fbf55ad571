import { Agent } from "node:http";
import { loadavg } from "node:os";
import { performance } from "node:perf_hooks";
import { setTimeout as pause } from "node:timers/promises";
import { parseArgs } from "node:util";
import { createClient } from "graphql-ws";
import WebSocket from "ws";
import { ensureRoutingRules } from "../src/ingest/ringing/routing-rules.repository.ts";
import { moveCallersIn, phoneShownBy } from "./callers.ts";
import { openBench, percentile } from "./kit.ts";
import { type Answered, askOpenLoop, type Pace, post } from "./open-loop.ts";
import { spentBy, spentEach, spentInWords } from "./processor.ts";
import { type Served, serveProduct } from "./serve.ts";

// lookupCaller under an open-loop load: requests leave on schedule whether earlier ones are answered or not, and
// latency counts from the scheduled moment. The same beside reports that are asked all the time. Then screen pops,
// announced on one instance and received from another.

const { values } = parseArgs({
  options: {
    callers: { type: "string", default: "20000" },
    around: { type: "string", default: "4000000" },
    rates: { type: "string", default: "50,150,300" },
    /** Twice what the machine can do; 0 for none. */
    overload: { type: "string", default: "600" },
    seconds: { type: "string", default: "20" },
    pops: { type: "string", default: "200" },
    reports: { type: "string", default: "20" },
    /** Where the callers stay for the next run. */
    folder: { type: "string" },
    /** Where a profile of the server goes. */
    profile: { type: "string" },
  },
});
const CALLERS = Number(values.callers);
const LOOKUP = `query ($input: LookupCallerInput!) {
  lookupCaller(input: $input) {
    candidates { customer { id displayName recentTouchpoints(first: 5) { name occurredAt } } confidence why }
    advice { skill agentId priority likelyReason reasons { rule } }
    latencyMs
  }
}`;
const ANNOUNCE =
  "mutation ($input: AnnounceCallInput!) { announceCall(input: $input) { callId userErrors { message } } }";

const ROUNDS = 3;
/** In the names of the calls that this run announces. */
const RUN = Date.now();
const YEAR = { from: "2026-01-01T00:00:00Z", to: "2027-01-01T00:00:00Z" };
const REPORTS: readonly [name: string, input: object][] = [
  ["attribution", { models: [{ kind: "LINEAR" }, { kind: "TIME_DECAY" }] }],
  ["flow", { anchor: { matcher: { channels: ["VOICE"] } } }],
  ["contact-centre-kpis", { interval: "DAY" }],
  ["histogram", { metric: { channels: ["VOICE"] } }],
  ["match-quality", {}],
];

const bench = await openBench(values.folder);
try {
  await ensureRoutingRules(bench.db);
  const touchpoints = await moveCallersIn(bench, CALLERS, Number(values.around));
  const [near, far] = [await serveProduct(bench.url, values.profile), await serveProduct(bench.url)];
  // Warms up: compiles the code and plans the statements.
  await lookUp(near, { rate: 100, seconds: 10 });
  console.log(`${touchpoints} touchpoints; load average ${loadavg()[0]!.toFixed(1)}`);
  for (const rate of values.rates.split(",").filter(Boolean).map(Number)) {
    const spent = await spentBy(near, bench.db);
    const waits = await lookUp(near, { rate, seconds: Number(values.seconds) });
    report(`lookupCaller at ${rate}/s, goal p99 25 ms at 300`, waits);
    console.log(`  ${spentInWords(spentEach(spent, await spentBy(near, bench.db), waits.length))}`);
  }
  if (Number(values.overload) > 0) await overload(near, Number(values.overload));
  if (Number(values.reports) > 0) await compareBesideReports(near, { rate: 50, seconds: Number(values.seconds) });
  const waits = await ring(near, far, Number(values.pops));
  report("announced on one instance, received from the other, goal p95 300 ms", waits);
  await Promise.all([near.stop(), far.stop()]);
} finally {
  await bench.close();
}

function callerAt(n: number): { namespace: string; value: string } {
  return { namespace: "phone", value: phoneShownBy(n, CALLERS) };
}

/** Milliseconds that each of these look-ups waited; refused ones are counted apart. */
async function lookUp(server: Served, pace: Pace): Promise<number[]> {
  const { served, refused } = dividedOf(await askOpenLoop(server, pace, questionOf));
  if (refused.length > 0) console.log(`  ${refused.length} of ${served.length + refused.length} were refused`);
  return served;
}

function dividedOf(answered: readonly Answered[]): { served: number[]; refused: number[] } {
  const served = answered.filter(({ text }) => text.includes('"advice":{'));
  const refused = answered.filter(({ status }) => status === 503);
  const fault = answered.find((one) => !served.includes(one) && !refused.includes(one));
  if (fault) throw new Error(fault.text);
  return { served: served.map(({ ms }) => ms), refused: refused.map(({ ms }) => ms) };
}

/** More than can be answered: how late those are who are answered, how soon the others are told, and how it is a second later. */
async function overload(server: Served, rate: number): Promise<void> {
  const seconds = Number(values.seconds);
  const spent = await spentBy(server, bench.db);
  const { served, refused } = dividedOf(await askOpenLoop(server, { rate, seconds }, questionOf));
  const name = (what: string, some: unknown[]) => `at ${rate}/s ${what}, ${Math.round(some.length / seconds)} a second`;
  report(`${name("served", served)}, goal p99 60 ms`, served);
  report(`${name("refused", refused)}, goal 50 ms`, refused);
  console.log(`  ${spentInWords(spentEach(spent, await spentBy(server, bench.db), rate * seconds))}`);
  await pause(1_000);
  report("at 50/s, a second later", await lookUp(server, { rate: 50, seconds: 4 }));
}

function questionOf(n: number): object {
  return { query: LOOKUP, variables: { input: { identities: [callerAt(n)] } } };
}

/** In turns, since other work on the machine affects both alike. */
async function compareBesideReports(server: Served, pace: Pace): Promise<void> {
  await awaitReports(server);
  const [alone, beside]: number[][] = [[], []];
  for (let round = 0; round < ROUNDS; round += 1) {
    alone!.push(...(await withDelays(server, "without", () => lookUp(server, pace))));
    await withDelays(server, "beside", async () => {
      const reports = await askReports(server, async () => beside!.push(...(await lookUp(server, pace))));
      console.log(`  ${reports.answered} reports meanwhile, ${reports.refused} refused, ${values.reports} at once`);
    });
  }
  report(`lookupCaller at ${pace.rate}/s without reports`, alone!);
  report("beside reports, goal p50 and p99 1.5 times those", beside!);
  const ratios = [0.5, 0.99].map((share) => (percentile(beside!, share) / percentile(alone!, share)).toFixed(2));
  console.log(`  p50 ${ratios[0]} times, p99 ${ratios[1]} times`);
}

/** Prints by how much the server's event loop was late meanwhile: its metrics start anew whenever they are read. */
async function withDelays<Answer>(server: Served, name: string, work: () => Promise<Answer>): Promise<Answer> {
  await delaysOf(server);
  const answer = await work();
  console.log(`  event loop ${name} reports: ${await delaysOf(server)}`);
  return answer;
}

async function delaysOf({ url, headers }: Served): Promise<string> {
  const text = await (await fetch(`${url}/metrics`, { headers })).text();
  const seconds = (name: string) =>
    Number(new RegExp(`^customer360_nodejs_eventloop_lag_${name}_seconds (\\S+)`, "m").exec(text)?.[1]);
  return ["mean", "p90", "p99", "max"].map((name) => `${name} ${(seconds(name) * 1_000).toFixed(1)} ms`).join(", ");
}

/** Until all that customers did is read, and each report has been asked once. */
async function awaitReports(server: Served): Promise<void> {
  for (let n = 0; n < REPORTS.length; ) if (await isAnswered(server, n)) n += 1;
}

async function isAnswered({ url, headers }: Served, n: number): Promise<boolean> {
  const [name, input] = REPORTS[n % REPORTS.length]!;
  const body = JSON.stringify({ period: YEAR, ...input });
  const answer = await fetch(`${url}/v1/reports/${name}`, { method: "POST", headers, body });
  await answer.arrayBuffer();
  return answer.ok;
}

/** Asks so many reports at once, each again as soon as it is answered, until the work is done. */
async function askReports(server: Served, work: () => Promise<unknown>) {
  const counts = { answered: 0, refused: 0 };
  let isDone = false;
  const ask = async (first: number) => {
    for (let n = first; !isDone; n += 1) counts[(await isAnswered(server, n)) ? "answered" : "refused"] += 1;
  };
  const asking = Array.from({ length: Number(values.reports) }, (_, i) => ask(i));
  await work();
  isDone = true;
  await Promise.all(asking);
  return counts;
}

async function ring(near: Served, far: Served, count: number): Promise<number[]> {
  const agent = new Agent({ keepAlive: true });
  const client = createClient({
    url: `${far.url.replace("http", "ws")}/graphql`,
    webSocketImpl: WebSocket,
    connectionParams: { authorization: far.headers.authorization },
  });
  const sentAt = new Map<string, number>();
  const waits: number[] = [];
  const query = 'subscription { screenPop(agentId: "a1") { sourceId lookup { advice { priority } } } }';
  const heard = (async () => {
    for await (const { data } of client.iterate<{ screenPop: { sourceId: string } }>({ query })) {
      const at = sentAt.get(data!.screenPop.sourceId);
      // A call that an earlier run announced into the same folder still rings.
      if (at === undefined) continue;
      waits.push(performance.now() - at);
      if (waits.length === count) return;
    }
  })();
  await pause(1_000);
  for (let n = 0; n < count; n += 1) {
    const call = { source: "bench", sourceId: `${RUN}-${n}`, agentId: "a1", ringingAt: new Date().toISOString() };
    const input = { ...call, identities: [callerAt(n)] };
    sentAt.set(input.sourceId, performance.now());
    await post(near, agent, { query: ANNOUNCE, variables: { input } });
    await pause(20);
  }
  await heard;
  await client.dispose();
  agent.destroy();
  return waits;
}

function report(name: string, samples: readonly number[]): void {
  const shown = [0.5, 0.95, 0.99].map((share) => `p${share * 100} ${percentile(samples, share).toFixed(1)} ms`);
  console.log(`${name}: ${shown.join(", ")} (${samples.length} samples)`);
}
