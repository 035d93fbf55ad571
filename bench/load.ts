import { Agent, request } from "node:http";
import { performance } from "node:perf_hooks";
import type { Database } from "../src/db/client.ts";
import { percentile } from "./kit.ts";
import { type Spent, spentBy, spentEach } from "./processor.ts";
import type { Served } from "./serve.ts";

/** What to request, from which server, and for how long. */
export interface Load {
  server: Served;
  path: string;
  /** The body of the n-th request. */
  body(n: number): string;
  /** Whether an answer is correct. */
  isGood(text: string): boolean;
  connections: number;
  seconds: number;
}

export interface Measured {
  perSecond: number;
  p50: number;
  p99: number;
  bad: number;
  /** Milliseconds of the processor a request. */
  spent: Spent;
}

export interface Contestant {
  name: string;
  load: Load;
}

/** The best of several rounds of each, taken in turn: other work on the machine affects all alike. */
export async function inTurns(
  db: Database,
  contestants: readonly Contestant[],
  rounds: number,
): Promise<{ name: string; measured: Measured }[]> {
  const best = new Map<string, Measured>();
  for (let round = 0; round < rounds; round += 1) {
    for (const { name, load } of contestants) {
      const measured = await measure(db, load);
      const known = best.get(name);
      if (!known || measured.perSecond > known.perSecond) best.set(name, measured);
    }
  }
  return [...best].map(([name, measured]) => ({ name, measured }));
}

/**
 * Keeps every connection busy with one request at a time; the first fifth of the time is a warm-up and does not count.
 */
async function measure(db: Database, load: Load): Promise<Measured> {
  const agent = new Agent({ keepAlive: true, maxSockets: load.connections });
  const before = await spentBy(load.server, db);
  const start = performance.now();
  const [from, until] = [start + load.seconds * 200, start + load.seconds * 1_200];
  const samples: number[] = [];
  let next = 0;
  let bad = 0;
  const connection = async () => {
    while (performance.now() < until) {
      const sent = performance.now();
      const text = await send(load, agent, load.body(next++));
      const got = performance.now();
      if (got < from || got > until) continue;
      samples.push(got - sent);
      if (!load.isGood(text)) bad += 1;
    }
  };
  await Promise.all(Array.from({ length: load.connections }, connection));
  agent.destroy();
  // The warm-up and what ends after the time are in it, too.
  const spent = spentEach(before, await spentBy(load.server, db), next);
  const perSecond = samples.length / load.seconds;
  return { perSecond, p50: percentile(samples, 0.5), p99: percentile(samples, 0.99), bad, spent };
}

function send({ server, path }: Load, agent: Agent, body: string): Promise<string> {
  const headers = { ...server.headers, "content-length": Buffer.byteLength(body) };
  return new Promise((resolve, reject) => {
    const sent = request(server.url + path, { method: "POST", agent, headers }, (answer) => {
      let text = "";
      answer.setEncoding("utf8");
      answer.on("data", (chunk: string) => {
        text += chunk;
      });
      answer.on("end", () => resolve(text));
      answer.on("error", reject);
    });
    sent.on("error", reject);
    sent.end(body);
  });
}

/** Lines of a Markdown table: each measurement beside the first, which is the product's. */
export function printed(rows: readonly { name: string; measured: Measured }[]): string {
  const [ours] = rows;
  const cells = rows.map(({ name, measured: { perSecond, p50, p99, bad, spent } }) => [
    name,
    perSecond.toFixed(0),
    p50.toFixed(1),
    p99.toFixed(1),
    (ours!.measured.perSecond / perSecond).toFixed(2),
    String(bad),
    spent.server.toFixed(2),
    spent.postgres.toFixed(2),
  ]);
  const head = ["server", "per second", "p50 ms", "p99 ms", "ours / it", "bad answers", "its CPU ms", "PostgreSQL's"];
  return [head, head.map(() => "---"), ...cells].map((row) => `| ${row.join(" | ")} |`).join("\n");
}
