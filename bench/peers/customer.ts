import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import pg from "pg";
import { sql } from "../../src/db/sql.ts";
import { INTERACTION_COLUMNS, siblings } from "../../src/interactions/interaction.sql.ts";

// The least work that answers who calls and what happened last: the product's two statements, prepared, and JSON. No
// GraphQL, key, scope, limit or log.

const pool = new pg.Pool({ connectionString: process.argv[2], max: 10 });

const OWNER = {
  name: "owner",
  text: `
    select coalesce(a.customer_id, i.customer_id) as id
    from identities i
    left join assignments a
      on a.subject_id = i.id and a.known_to = 'infinity' and a.valid_from <= now() and a.valid_to > now()
    where i.namespace = 'phone' and i.value = $1
  `,
};
const timeline = sql`
  select ${INTERACTION_COLUMNS}
  from interactions i
  ${siblings("customer")}
  where i.customer_id = ${""}::uuid and v.is_other is not true
  order by i.session_start_time desc, i.id desc
  limit 20
`;
const TIMELINE = { name: "timeline", text: timeline.text };

createServer(async (request, reply) => {
  let text = "";
  for await (const chunk of request) text += chunk;
  const owners = await pool.query({ ...OWNER, values: [JSON.parse(text).variables.phone] });
  const { id } = owners.rows[0];
  const { rows } = await pool.query({ ...TIMELINE, values: [id] });
  const nodes = rows.map((row) => ({
    id: row.id,
    channelType: row.channelType,
    source: row.source,
    sessionStartTime: row.sessionStartTime,
    sessionEndTime: row.sessionEndTime,
    callReason: row.callReason,
  }));
  reply.setHeader("content-type", "application/json");
  reply.end(JSON.stringify({ data: { customer: { id, timeline: { nodes } } } }));
}).listen(0, "127.0.0.1", function (this: { address(): unknown }) {
  console.log(`http://127.0.0.1:${(this.address() as AddressInfo).port}`);
});

process.once("SIGTERM", () => process.exit(0));
