import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { sql } from "../src/db/sql.ts";
import { type LakeRun, writeLake } from "../src/lake/write-lake.ts";
import { cloneDatabase } from "../test/kit/clone.ts";
import { startTestServer } from "../test/kit/server.ts";
import { buildDataSet } from "./data-set.ts";
import { timed } from "./kit.ts";
import { DURABLE } from "./place.ts";

// A lake of the data set: written, brought up to date where nothing changed, and where a day of touchpoints did.

const { values } = parseArgs({ options: { touchpoints: { type: "string", default: "1000000" } } });

const folder = mkdtempSync(join(tmpdir(), "lake-"));
const server = await startTestServer(DURABLE);
try {
  const { db, drop } = await cloneDatabase(server);
  const { touchpoints } = await buildDataSet(db, Number(values.touchpoints));
  const write = () => writeLake(db, folder, { isPersonal: false });
  print(`${touchpoints} touchpoints, written`, await timed(write));
  print("nothing changed", await timed(write));
  await db.run(sql`update touchpoints set sequence = 1 where occurred_at < '2026-06-02'`);
  print("a day changed", await timed(write));
  await drop();
} finally {
  await server.stop();
  rmSync(folder, { recursive: true });
}

function print(what: string, { ms, answer }: { ms: number; answer: LakeRun }): void {
  const { written, rows, bytes } = answer;
  const memory = Math.round(process.resourceUsage().maxRSS / 1024);
  console.log(
    `| ${what} | ${(ms / 1000).toFixed(1)} s | ${written} files, ${rows} rows, ${Math.round(bytes / 1e6)} MB | at most ${memory} MB of memory |`,
  );
}
