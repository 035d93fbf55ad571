import { parseArgs } from "node:util";
import { sql } from "../src/db/sql.ts";
import { read } from "../test/kit/read.ts";
import { openBench } from "./kit.ts";
import { inTurns, type Load, printed } from "./load.ts";
import { type Served, servePeer, serveProduct } from "./serve.ts";

// logCall over HTTP, each answer committed to disk, beside a bare server that inserts one row for each request.

const { values } = parseArgs({
  options: {
    seconds: { type: "string", default: "10" },
    rounds: { type: "string", default: "3" },
    connections: { type: "string", default: "48" },
    callers: { type: "string", default: "50000" },
  },
});
const CALLERS = Number(values.callers);
const MUTATION = "mutation ($input: LogCallInput!) { logCall(input: $input) { status userErrors { message } } }";
const REASONS = ["invoice", "outage", "move", "cancel", "upgrade"];

let next = 0;

const bench = await openBench();
try {
  const [product, bare] = [await serveProduct(bench.url), await servePeer("log-call", bench.url)];
  const contestants = [
    { name: "customer360, logCall", load: loadOf(product) },
    { name: "bare node:http + pg, one insert", load: loadOf(bare) },
  ];
  const rows = await inTurns(bench.db, contestants, Number(values.rounds));
  await Promise.all([product.stop(), bare.stop()]);
  const [batches] = await read<{ calls: number; commits: number }>(
    bench.db,
    sql`
      select sum((receipts ->> 'ACCEPTED')::int)::int as calls, count(*) as commits from batches
    `,
  );
  console.log(printed(rows));
  console.log(
    `\n${batches!.calls} calls in ${batches!.commits} commits; ${values.connections} connections; goal 1,000/s, p99 60 ms`,
  );
} finally {
  await bench.close();
}

function loadOf(server: Served): Load {
  const isGood = (text: string) => text.includes('"ACCEPTED"');
  const load = { connections: Number(values.connections), seconds: Number(values.seconds) };
  return { ...load, server, path: "/graphql", body: () => call(next++), isGood };
}

/** Every caller has a phone; the agent identifies every third. */
function call(n: number): string {
  const caller = (n * 7_919) % CALLERS;
  const identities = [{ namespace: "phone", value: `+46701${String(caller).padStart(6, "0")}` }];
  if (n % 3 === 0) identities.push({ namespace: "custid", value: `${1_000_000 + caller}` });
  const input = {
    source: "cti",
    sourceId: `call-${n}`,
    startedAt: new Date(Date.UTC(2026, 8, 1) + n * 1_000).toISOString(),
    durationSeconds: 120 + (n % 600),
    agentId: `agent-${n % 200}`,
    callReason: REASONS[n % REASONS.length],
    identities,
  };
  return JSON.stringify({ query: MUTATION, variables: { input } });
}
