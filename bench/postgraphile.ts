import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Db } from "../src/db/client.ts";
import { sql } from "../src/db/sql.ts";
import { type Served, serve } from "./serve.ts";

// PostGraphile 5 makes a GraphQL API from a schema. It needs Node 22, which the npm package `node` brings. Neither is a
// dependency of the project: both are installed below the temporary directory when the benchmark first runs.

const PACKAGES = ["postgraphile@5.1.5", "node@24.9.0"];
const HOME = join(tmpdir(), "customer360-bench-postgraphile");
const BIN = join(HOME, "node_modules", ".bin");

/** PostGraphile over views with the columns that the question needs, or null where it cannot be installed. */
export async function servePostgraphile(db: Db, databaseUrl: string): Promise<Served | null> {
  if (!isInstalled()) return null;
  await layViews(db);
  const port = await freePort();
  const command = [join(BIN, "node"), join(HOME, "node_modules/postgraphile/dist/cli-run.js")];
  const flags = ["-c", databaseUrl, "-s", "bench", "-n", "127.0.0.1", "-p", String(port)];
  return serve([...command, ...flags, "-P", "postgraphile/presets/amber"], {
    NODE_ENV: "production",
    GRAPHILE_ENV: "production",
  });
}

/** The query that it answers with the same rows. */
export const POSTGRAPHILE_QUERY = `query ($phone: String!) {
  allCallers(first: 1, condition: { phone: $phone }) {
    nodes {
      customerId
      timeline(first: 20) { nodes { id channelType source sessionStartTime sessionEndTime callReason } }
    }
  }
}`;

function isInstalled(): boolean {
  if (existsSync(join(BIN, "postgraphile"))) return true;
  const npm = spawnSync("npm", ["install", "--prefix", HOME, "--no-audit", "--no-fund", ...PACKAGES], {
    stdio: "ignore",
  });
  return npm.status === 0;
}

/** Callers by number with their present customer, and a function that lists touchpoints, newest first. */
async function layViews(db: Db): Promise<void> {
  await db.run(sql`drop schema if exists bench cascade`);
  await db.run(sql`create schema bench`);
  await db.run(sql`
    create view bench.callers as
    select i.id, i.value as phone, coalesce(a.customer_id, i.customer_id) as customer_id
    from identities i
    left join assignments a
      on a.subject_id = i.id and a.known_to = 'infinity' and a.valid_from <= now() and a.valid_to > now()
    where i.namespace = 'phone'
  `);
  await db.run(sql`comment on view bench.callers is '@primaryKey id'`);
  await db.run(sql`
    create view bench.legs as
    select i.id, i.customer_id, i.channel_type, i.source, i.session_start_time, i.session_end_time, i.call_reason
    from interactions i
  `);
  await db.run(sql`comment on view bench.legs is '@primaryKey id'`);
  await db.run(sql`
    create function bench.callers_timeline(caller bench.callers) returns setof bench.legs language sql stable as $$
      select * from bench.legs where customer_id = caller.customer_id order by session_start_time desc, id desc
    $$
  `);
}

function freePort(): Promise<number> {
  return new Promise((done) => {
    const server = createServer();
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address() as { port: number };
      server.close(() => done(port));
    });
  });
}
