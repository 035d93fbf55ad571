import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, inject, test } from "vitest";
import { archiveMonths } from "../../src/archive/archive-months.ts";
import { restoreMonth } from "../../src/archive/restore-month.ts";
import { type Sql, sql } from "../../src/db/sql.ts";
import { retainingOf } from "../../src/housekeeping.ts";
import { useDatabase } from "../kit/database.ts";
import { TEST_KEYS, useIngest } from "../kit/ingest.ts";
import { programOf } from "../kit/programs.ts";
import { read } from "../kit/read.ts";

const house = useDatabase();
const ingest = useIngest(house);

const retaining = retainingOf({ rules: () => ingest.rules(), keyring: TEST_KEYS });

const ROWS = 12_000;

/** A page a minute of one visitor, from January 2025 on. */
async function fill(): Promise<void> {
  const body = {
    source: "web",
    sourceId: "1",
    occurredAt: "2025-01-01T00:00:00Z",
    channel: "WEB",
    kind: "PAGE_VIEW",
    url: "https://a.se/",
    sessionId: "s",
    identities: [{ namespace: "cookie", value: "1" }],
  };
  await ingest.accept([{ kind: "touchpoint", body }], { entryPoint: "test" });
  const copies = sql`touchpoints t, generate_series(1, ${ROWS - 1}::int) n where t.occurred_at = '2025-01-01Z'`;
  const [id, at] = [sql`md5(n::text)::uuid`, sql`t.occurred_at + make_interval(mins => n)`];
  await house.db.run(sql`
    insert into ingest_keys (id, body_hash, kind, subject_id, occurred_at)
    select ${id}, decode(md5(n::text), 'hex'), 'touchpoint', t.subject_id, ${at} from ${copies}
  `);
  await house.db.run(sql`
    insert into touchpoints (subject_id, occurred_at, id, ingested_at, customer_id, interaction_id, source, channel, kind, url_id)
    select t.subject_id, ${at}, ${id}, t.ingested_at, t.customer_id, t.interaction_id, t.source, t.channel, t.kind, t.url_id
    from ${copies}
  `);
}

const count = async () =>
  (await read<{ count: number }>(house.db, sql`select count(*)::int as count from touchpoints`))[0]!.count;
const sum = () =>
  read<{ sum: string }>(house.db, sql`select md5(string_agg(t::text, ' ' order by t.id)) as sum from touchpoints t`);

/** Kills a command that has begun to move rows, and comes to one that this statement holds. */
async function killAtARow(args: string[], holding: Sql, hasBegun: () => Promise<boolean>): Promise<void> {
  const held = house.db.transaction(async (tx) => {
    await tx.run(holding);
    const command = spawn(process.execPath, [await programOf("src/cli.ts"), ...args], {
      cwd: inject("directory"),
      env: { ...process.env, DATABASE_URL: house.url, C360_SECRET: undefined, LOG_LEVEL: "silent" },
      stdio: "ignore",
    });
    const gone = once(command, "exit");
    while (!(await hasBegun()) && command.exitCode === null) await sleep(10);
    command.kill("SIGKILL");
    await gone;
    throw new Error("nothing of this transaction stays");
  });
  await expect(held).rejects.toThrow("nothing of this transaction stays");
}

/** PostgreSQL notices that a process is gone when it next sends to it. */
const onceFree = (work: () => Promise<unknown>) =>
  expect
    .poll(() =>
      work().catch((error) => {
        if (error.code !== "CONFLICT") throw error;
        return null;
      }),
    )
    .not.toBeNull();

test("runs that are killed half-way, out of the database and back, are gone on with and lose no row", async () => {
  const folder = mkdtempSync(join(tmpdir(), "archive-"));
  await fill();
  const before = await sum();

  const last = sql`select * from touchpoints order by occurred_at desc limit 1`;
  const [row] = await read<{ row: string }>(house.db, sql`select to_jsonb(t)::text as row from (${last}) t`);
  await killAtARow(["archive", folder, "--keep", "1"], sql`${last} for update`, async () => (await count()) < ROWS);
  const left = await count();
  await onceFree(() => archiveMonths(house.db, { folder, keep: 1, now: new Date(), retaining }));
  expect(await count()).toBe(0);

  const inItsPlace = sql`insert into touchpoints select * from jsonb_populate_record(null::touchpoints, ${row!.row}::jsonb)`;
  await killAtARow(["restore-month", folder, "2025-01"], inItsPlace, async () => (await count()) > 0);
  const back = await count();
  await onceFree(() => restoreMonth(house.db, { folder, month: "2025-01", rules: ingest.rules() }));
  expect(await sum()).toEqual(before);

  const { months } = JSON.parse(readFileSync(join(folder, "archive.json"), "utf8"));
  expect(months["2025-01"].touchpoints.rows).toBe(ROWS);
  expect([left, back].every((rows) => rows > 0 && rows < ROWS)).toBe(true);
  rmSync(folder, { recursive: true });
});
