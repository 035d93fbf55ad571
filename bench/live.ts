import { Agent, request } from "node:http";
import { performance } from "node:perf_hooks";
import { setTimeout as pause } from "node:timers/promises";
import { parseArgs } from "node:util";
import { createClient } from "graphql-ws";
import WebSocket from "ws";
import type { IncomingRecord } from "../src/ingest/receipt.ts";
import { ensureRoutingRules } from "../src/ingest/routing-rules.repository.ts";
import { type Bench, inBatches, openBench, percentile, webLog } from "./kit.ts";
import { type Served, serveProduct } from "./serve.ts";

// lookupCaller under an open-loop load: requests leave at their time whether or not earlier ones are answered, and wait
// from the moment they should have left. Then pops: announced on one instance, received from another.

const { values } = parseArgs({
  options: {
    touchpoints: { type: "string", default: "1000000" },
    rate: { type: "string", default: "300" },
    seconds: { type: "string", default: "20" },
    pops: { type: "string", default: "200" },
  },
});
const TOUCHPOINTS = Number(values.touchpoints);
const CALLERS = Math.max(1, Math.floor(TOUCHPOINTS / 25));
const LOOKUP =
  "query ($input: LookupCallerInput!) { lookupCaller(input: $input) { candidates { customer { id displayName recentTouchpoints(first: 5) { name occurredAt } } confidence why } advice { skill agentId priority likelyReason reasons { rule } } latencyMs } }";
const ANNOUNCE =
  "mutation ($input: AnnounceCallInput!) { announceCall(input: $input) { callId userErrors { message } } }";

const bench = await openBench();
try {
  await ensureRoutingRules(bench.db);
  await fill(bench);
  const [near, far] = [await serveProduct(bench.url), await serveProduct(bench.url)];
  await askOpenLoop(near, { rate: 50, seconds: 3 });
  report("lookupCaller", await askOpenLoop(near, { rate: Number(values.rate), seconds: Number(values.seconds) }));
  console.log(`  at ${values.rate}/s, ${TOUCHPOINTS} touchpoints; goal p99 25 ms`);
  report("announce on one instance, received from the other", await ring(near, far, Number(values.pops)));
  console.log("  goal p95 300 ms");
  await Promise.all([near.stop(), far.stop()]);
} finally {
  await bench.close();
}

async function fill({ ingest, db }: Bench): Promise<void> {
  for (const batch of inBatches(webLog(TOUCHPOINTS), 5_000)) await ingest.accept(batch, { door: "import" });
  for (const batch of inBatches(customers(), 5_000)) await ingest.accept(batch, { door: "import" });
  await db.pool.query("analyze");
}

/** Every third visitor is a customer with a phone; every tenth phone is shared with the neighbour. */
function* customers(): Generator<IncomingRecord> {
  for (let n = 0; n < CALLERS; n += 3) {
    const phone = n % 10 === 0 ? n + 3 : n;
    const identities = [
      { namespace: "custid", value: `${1_000_000 + n}` },
      { namespace: "phone", value: phoneOf(phone) },
    ];
    const stated = { displayName: `Customer ${n}`, vvip: n % 50 === 0, isDigitalEligible: n % 2 === 0 };
    const body = { source: "crm", sourceId: `${n}`, observedAt: "2026-01-01T00:00:00Z", identities, ...stated };
    yield { kind: "customer", body };
  }
}

function phoneOf(n: number): string {
  return `+4670${String(1_000_000 + (n % 9_000_000)).slice(0, 7)}`;
}

async function askOpenLoop(server: Served, { rate, seconds }: { rate: number; seconds: number }): Promise<number[]> {
  const agent = new Agent({ keepAlive: true, maxSockets: 256 });
  const start = performance.now();
  const asked = Array.from({ length: rate * seconds }, async (_, n) => {
    const due = start + (n * 1_000) / rate;
    await pause(Math.max(0, due - performance.now()));
    const identities = [{ namespace: "phone", value: phoneOf((n * 7_919) % CALLERS) }];
    const text = await post(server, agent, { query: LOOKUP, variables: { input: { identities } } });
    if (!text.includes('"advice":{')) throw new Error(text);
    return performance.now() - due;
  });
  const answered = await Promise.all(asked);
  agent.destroy();
  return answered;
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
    const identities = [{ namespace: "phone", value: phoneOf((n * 7_919) % CALLERS) }];
    const input = { source: "bench", sourceId: `${n}`, identities, agentId: "a1", ringingAt: new Date().toISOString() };
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
