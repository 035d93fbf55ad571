import { createHash } from "node:crypto";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import pg from "pg";

// The least work that logs a call: one durable row for each request. It checks, normalises, stitches and remembers
// nothing.

const pool = new pg.Pool({ connectionString: process.argv[2], max: 10 });
await pool.query(`
  create table if not exists bare_calls (
    id uuid primary key, started_at timestamptz, phone text, agent text, reason text, seconds int, body jsonb
  )
`);
await pool.query("create index if not exists bare_calls_phone on bare_calls (phone, started_at)");

const INSERT = {
  name: "log",
  text: "insert into bare_calls values ($1, $2, $3, $4, $5, $6, $7) on conflict (id) do nothing",
};

createServer(async (request, reply) => {
  let text = "";
  for await (const chunk of request) text += chunk;
  const { input } = JSON.parse(text).variables;
  const id = createHash("sha256").update(`${input.source}\0${input.sourceId}`).digest("hex").slice(0, 32);
  const [identity] = input.identities;
  const values = [id, input.startedAt, identity.value, input.agentId, input.callReason, input.durationSeconds, input];
  await pool.query({ ...INSERT, values });
  reply.setHeader("content-type", "application/json");
  reply.end(JSON.stringify({ data: { logCall: { status: "ACCEPTED", userErrors: [] } } }));
}).listen(0, "127.0.0.1", function (this: { address(): unknown }) {
  console.log(`http://127.0.0.1:${(this.address() as AddressInfo).port}`);
});

process.once("SIGTERM", () => process.exit(0));
