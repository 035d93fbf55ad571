import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { archiveMonths } from "../src/archive/archive-months.ts";
import { restoreMonth } from "../src/archive/restore-month.ts";
import { sql } from "../src/db/sql.ts";
import { findRules } from "../src/identity/rules.repository.ts";
import { cloneDatabase } from "../test/kit/clone.ts";
import { startTestServer } from "../test/kit/server.ts";
import { buildDataSet } from "./data-set.ts";
import { timed } from "./kit.ts";
import { DURABLE } from "./place.ts";

// All months of the data set moved into the archive, and one brought back.

const { values } = parseArgs({ options: { touchpoints: { type: "string", default: "300000" } } });

const folder = mkdtempSync(join(tmpdir(), "archive-"));
const server = await startTestServer(DURABLE);
try {
  const { db, drop } = await cloneDatabase(server);
  const { touchpoints } = await buildDataSet(db, Number(values.touchpoints));
  await db.run(sql`
    insert into ingest_keys (id, body_hash, kind, subject_id, occurred_at)
    select id, decode(md5(id::text), 'hex'), 'touchpoint', subject_id, occurred_at from touchpoints
    on conflict do nothing
  `);
  const found = await findRules(db, "SE");
  const rules = () => found;
  const retaining = { rules, rejectionKey: Buffer.alloc(32), markGone: () => Buffer.alloc(0) };
  const now = new Date("2027-12-01T00:00:00Z");
  const moved = await timed(() => archiveMonths(db, { folder, keep: 1, now, retaining }));
  const { months } = moved.answer;
  const bytes = months.reduce((sum, month) => sum + month.bytes, 0);
  print(`${touchpoints} touchpoints of ${months.length} months moved into ${Math.round(bytes / 1e6)} MB`, moved.ms);
  const { month } = months.at(-1)!;
  const back = await timed(() => restoreMonth(db, { folder, month, rules: rules() }));
  print(`${back.answer.rows} of ${month} brought back`, back.ms);
  await drop();
} finally {
  await server.stop();
  rmSync(folder, { recursive: true });
}

function print(what: string, ms: number): void {
  const memory = Math.round(process.resourceUsage().maxRSS / 1024);
  console.log(`| ${what} | ${(ms / 1000).toFixed(1)} s | at most ${memory} MB of memory |`);
}
