import { parseArgs } from "node:util";
import type { IncomingRecord } from "../src/ingest/receipt.ts";
import { buildDataSet } from "./data-set.ts";
import { type Bench, inBatches, openBench } from "./kit.ts";
import { type Contestant, inTurns, type Load, printed } from "./load.ts";
import { POSTGRAPHILE_QUERY, servePostgraphile } from "./postgraphile.ts";
import { type Served, servePeer, serveProduct } from "./serve.ts";

// Who calls and their last twenty touchpoints, over HTTP, beside a bare server with the same two statements and
// PostGraphile 5 on the same database: with 100,000 touchpoints in the tables, then with millions more.

const { values } = parseArgs({
  options: {
    seconds: { type: "string", default: "5" },
    rounds: { type: "string", default: "3" },
    connections: { type: "string", default: "16" },
    customers: { type: "string", default: "2000" },
    around: { type: "string", default: "3000000" },
  },
});
const CUSTOMERS = Number(values.customers);
const VISITS = 25;
const PAGES = 2;
const QUERY = `query ($phone: String!) {
  customer(identity: { namespace: "phone", value: $phone }) {
    id
    timeline(first: 20) { nodes { id channelType source sessionStartTime sessionEndTime callReason } }
  }
}`;

const bench = await openBench();
try {
  for (const batch of inBatches(visits(), 3_000)) await bench.ingest.accept(batch, { entryPoint: "bench" });
  await bench.db.pool.query("vacuum (analyze)");
  await compare(bench, `${CUSTOMERS * VISITS * PAGES} touchpoints`);
  const { touchpoints } = await buildDataSet(bench.db, Number(values.around));
  await bench.db.pool.query("vacuum (analyze)");
  await compare(bench, `${touchpoints} touchpoints`);
} finally {
  await bench.close();
}

async function compare({ db, url }: Bench, title: string): Promise<void> {
  const servers = [await serveProduct(url), await servePeer("customer", url)];
  const contestants: Contestant[] = [
    { name: "customer360", load: loadOf(servers[0]!, QUERY) },
    { name: "bare node:http + pg, the same two statements", load: loadOf(servers[1]!, "") },
  ];
  const other = await servePostgraphile(db, url);
  if (other) contestants.push({ name: "PostGraphile 5 on Node 24", load: loadOf(other, POSTGRAPHILE_QUERY) });
  else console.log("PostGraphile could not be installed, and is left out.");
  const rows = await inTurns(db, contestants, Number(values.rounds));
  await Promise.all([...servers, ...(other ? [other] : [])].map((server) => server.stop()));
  console.log(`\n${title}, ${values.connections} connections\n\n${printed(rows)}`);
}

function loadOf(server: Served, query: string): Load {
  return {
    server,
    path: "/graphql",
    body: (n) => JSON.stringify({ query, variables: { phone: phoneOf((n * 7_919) % CUSTOMERS) } }),
    isGood: (text) => text.split('"channelType"').length === 21,
    connections: Number(values.connections),
    seconds: Number(values.seconds),
  };
}

function phoneOf(customer: number): string {
  return `+4670${String(1_000_000 + customer)}`;
}

/** Each customer's visits of two pages, a day apart; the first carries the phone number. */
function* visits(): Generator<IncomingRecord> {
  for (let n = 0; n < CUSTOMERS * VISITS * PAGES; n += 1) {
    const customer = n % CUSTOMERS;
    const visit = Math.floor(n / CUSTOMERS / PAGES);
    const page = Math.floor(n / CUSTOMERS) % PAGES;
    const identities = [{ namespace: "custid", value: `c${customer}` }];
    if (visit === 0) identities.push({ namespace: "phone", value: phoneOf(customer) });
    yield {
      kind: "touchpoint",
      body: {
        source: "web",
        sourceId: `p${n}`,
        occurredAt: Date.UTC(2026, 7, 1 + visit, 9, page, customer % 60),
        kind: "PAGE_VIEW",
        channel: "WEB",
        url: `https://shop.example/page/${n % 320}`,
        sessionId: `s${customer}-${visit}`,
        identities,
      },
    };
  }
}
