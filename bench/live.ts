import { Agent, request } from "node:http";
import { loadavg } from "node:os";
import { performance } from "node:perf_hooks";
import { setTimeout as pause } from "node:timers/promises";
import { parseArgs } from "node:util";
import { createClient } from "graphql-ws";
import WebSocket from "ws";
import { ensureRoutingRules } from "../src/ingest/ringing/routing-rules.repository.ts";
import { moveCallersIn, phoneShownBy } from "./callers.ts";
import { openBench, percentile } from "./kit.ts";
import { type Served, serveProduct } from "./serve.ts";

// lookupCaller under an open-loop load: requests leave on schedule whether earlier ones are answered or not, and
// latency counts from the scheduled moment. The same beside reports that are asked all the time. Then screen pops,
// announced on one instance and received from another.

const { values } = parseArgs({
  options: {
    callers: { type: "string", default: "20000" },
    around: { type: "string", default: "4000000" },
    rates: { type: "string", default: "50,150,300" },
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
  await askOpenLoop(near, { rate: 100, seconds: 10 });
  console.log(`${touchpoints} touchpoints; load average ${loadavg()[0]!.toFixed(1)}`);
  for (const rate of values.rates.split(",").filter(Boolean).map(Number)) {
    const spent = await cpuSecondsOf(near);
    const waits = await askOpenLoop(near, { rate, seconds: Number(values.seconds) });
    report(`lookupCaller at ${rate}/s, goal p99 25 ms at 300`, waits);
    const each = ((await cpuSecondsOf(near)) - spent) / waits.length;
    console.log(`  ${(each * 1_000).toFixed(2)} ms of the server's processor each, PostgreSQL's apart`);
  }
  await compareBesideReports(near, { rate: 50, seconds: Number(values.seconds) });
  const waits = await ring(near, far, Number(values.pops));
  report("announced on one instance, received from the other, goal p95 300 ms", waits);
  await Promise.all([near.stop(), far.stop()]);
} finally {
  await bench.close();
}

function callerAt(n: number): { namespace: string; value: string } {
  return { namespace: "phone", value: phoneShownBy(n, CALLERS) };
}

/** As the process reports it: other work on the machine slows answers, but hardly changes their cost. */
async function cpuSecondsOf({ url, headers }: Served): Promise<number> {
  const text = await (await fetch(`${url}/metrics`, { headers })).text();
  return Number(/^customer360_process_cpu_seconds_total (\S+)/m.exec(text)?.[1]);
}

async function askOpenLoop(server: Served, { rate, seconds }: Pace): Promise<number[]> {
  const agent = new Agent({ keepAlive: true, maxSockets: 256 });
  const start = performance.now();
  const asked = Array.from({ length: rate * seconds }, async (_, n) => {
    const due = start + (n * 1_000) / rate;
    await pause(Math.max(0, due - performance.now()));
    const text = await post(server, agent, { query: LOOKUP, variables: { input: { identities: [callerAt(n)] } } });
    if (!text.includes('"advice":{')) throw new Error(text);
    return performance.now() - due;
  });
  const answered = await Promise.all(asked);
  agent.destroy();
  return answered;
}

interface Pace {
  rate: number;
  seconds: number;
}

/** In turns, since other work on the machine affects both alike. */
async function compareBesideReports(server: Served, pace: Pace): Promise<void> {
  await awaitReports(server);
  const [alone, beside]: number[][] = [[], []];
  for (let round = 0; round < ROUNDS; round += 1) {
    alone!.push(...(await askOpenLoop(server, pace)));
    const reports = await askReports(server, async () => beside!.push(...(await askOpenLoop(server, pace))));
    console.log(`  ${reports.answered} reports meanwhile, ${reports.refused} refused, ${values.reports} at once`);
  }
  report(`lookupCaller at ${pace.rate}/s without reports`, alone!);
  report("beside reports, goal p50 and p99 1.5 times those", beside!);
  const ratios = [0.5, 0.99].map((share) => (percentile(beside!, share) / percentile(alone!, share)).toFixed(2));
  console.log(`  p50 ${ratios[0]} times, p99 ${ratios[1]} times`);
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
      waits.push(performance.now() - sentAt.get(data!.screenPop.sourceId)!);
      if (waits.length === count) return;
    }
  })();
  await pause(1_000);
  for (let n = 0; n < count; n += 1) {
    const call = { source: "bench", sourceId: `${n}`, agentId: "a1", ringingAt: new Date().toISOString() };
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

function post({ url, headers }: Served, agent: Agent, body: object): Promise<string> {
  const text = JSON.stringify(body);
  return new Promise((resolve, reject) => {
    const sent = request(
      `${url}/graphql`,
      { method: "POST", agent, headers: { ...headers, "content-length": Buffer.byteLength(text) } },
      (answer) => {
        let got = "";
        answer.setEncoding("utf8");
        answer.on("data", (chunk: string) => {
          got += chunk;
        });
        answer.on("end", () => resolve(got));
        answer.on("error", reject);
      },
    );
    sent.on("error", reject);
    sent.end(text);
  });
}

function report(name: string, samples: readonly number[]): void {
  const shown = [0.5, 0.95, 0.99].map((share) => `p${share * 100} ${percentile(samples, share).toFixed(1)} ms`);
  console.log(`${name}: ${shown.join(", ")} (${samples.length} samples)`);
}
