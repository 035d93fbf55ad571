import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { CAMPAIGNS } from "../../seed/campaigns.ts";
import { CAST } from "../../seed/cast.ts";
import type { ReceiptCounts } from "../../seed/load.ts";
import { readConfig } from "../../src/config.ts";
import { type Core, openCore } from "../../src/core.ts";
import { sql } from "../../src/db/sql.ts";
import { loadDemoOnce } from "../../src/demo.ts";
import { openLog } from "../../src/kit/log.ts";
import { copyDemo, type FirstStart } from "../kit/demo.ts";
import { LONG } from "../kit/draws.ts";
import { read } from "../kit/read.ts";

const dataDir = join(inject("directory"), "loaded");
const config = readConfig({ NODE_ENV: "test", DATA_DIR: dataDir });

let first: FirstStart;
let core: Core;
beforeAll(async () => {
  first = await copyDemo(dataDir);
  core = await openCore({ config, log: openLog("silent"), statementTimeoutMs: 0 });
});
afterAll(() => core?.close());

test("demo data gets every kind of receipt and holds the people of its stories", async () => {
  expect(first.receipts.ACCEPTED).toBeGreaterThan(14_000);
  expect(first.receipts.REPEATED).toBeGreaterThan(100);
  expect(first.receipts.SUPERSEDED).toBeGreaterThan(50);
  expect(first.receipts.STALE).toBeGreaterThanOrEqual(6);
  expect(first.receipts.CONFLICT).toBe(4);
  expect(first.receipts.FILTERED).toBeGreaterThan(50);
  expect(first.receipts.REJECTED).toBe(7);

  const { tracked, matched, back } = await webAndCalls();
  expect(tracked).toBeGreaterThan(50);
  expect(matched / tracked).toBeGreaterThan(0.67);
  expect(matched / tracked).toBeLessThan(0.96);
  expect(back).toBeGreaterThanOrEqual(20);

  // The people of the stories are found by what README says.
  const amara = await ownerOf("phone", CAST.amara.phone!);
  expect(await ownerOf("custid", "1001")).toBe(amara);
  expect(await ownerOf("ecid", CAST.amara.ecid)).toBe(amara);
  expect(await ownerOf("ecid", CAST.nadia.ecid)).toBe(await ownerOf("phone", CAST.nadia.phone!));
  expect(await ownerOf("custid", "1002")).not.toBe(await ownerOf("custid", "1003"));
});

test("a start over what was loaded sends nothing; over what a killed start left it sends all again, and changes nothing", async () => {
  const stored = await countRows();

  const next = await loadAgain();
  writeFileSync(join(dataDir, "seeding"), String(first.clock));
  const afterKill = await loadAgain();

  expect(next).toEqual({ offered: 0, receipts: null });
  expect(afterKill.offered).toBe(countOf(first.receipts));
  expect(afterKill.receipts).toMatchObject({ REPEATED: expect.any(Number), CONFLICT: 4, REJECTED: 7 });
  expect(afterKill.receipts).not.toHaveProperty("ACCEPTED");
  expect(afterKill.receipts).not.toHaveProperty("SUPERSEDED");
  expect(await countRows()).toEqual(stored);
});

/** Sending all of them again takes 7 s of CPU: FC_RUNS does. */
const ONE_OF = LONG ? 1 : 6;

/**
 * How many records a start offers, and the receipts that it logs of a sample of them; null when it sends nothing. The last
 * batch, which ends with the mistakes, and all contradictions are in the sample.
 */
async function loadAgain(): Promise<{ offered: number; receipts: Record<string, unknown> | null }> {
  let offered = 0;
  let receipts: Record<string, unknown> | null = null;
  const accept: Core["ingest"]["accept"] = (records, options) => {
    offered += records.length;
    const isLast = offered === countOf(first.receipts);
    const sample = records.filter((record, place) => isLast || place % ONE_OF === 0 || contradicts(record));
    return core.ingest.accept(sample, options);
  };
  await loadDemoOnce({ ...core, ingest: { ...core.ingest, accept } }, config, {
    ...openLog("silent"),
    info(event, facts) {
      if (event === "seed.loaded") receipts = facts ?? {};
    },
  });
  return { offered, receipts };
}

function countOf(receipts: ReceiptCounts): number {
  return Object.values(receipts).reduce((sum, count) => sum + count, 0);
}

/** As seed/disorder.ts makes them. */
function contradicts({ body }: { body: unknown }): boolean {
  return (body as { agentId?: string }).agentId === "somebody.else";
}

async function countRows() {
  const [counts] = await read(
    core.database,
    sql`
      select
        (select count(*) from touchpoints) as touchpoints,
        (select count(*) from interactions) as interactions,
        (select count(*) from customer_records) as records,
        (select count(*) from sightings) as sightings,
        (select count(*) from identities) as identities
    `,
  );
  return counts;
}

/** Of the calls to tracked numbers, how many came out of a visit; and who looked at a page within half an hour after a call. */
async function webAndCalls(): Promise<{ tracked: number; matched: number; back: number }> {
  const [counts] = await read<{ tracked: number; matched: number; back: number }>(
    core.database,
    sql`
      select
        count(*) filter (where i.is_tracked)::int as tracked,
        count(*) filter (where i.is_tracked and i.match_status = 'MATCHED')::int as matched,
        count(distinct i.customer_id) filter (where exists (
          select
          from touchpoints t
          where t.customer_id = i.customer_id and t.channel = 'WEB'
          and t.occurred_at > i.interaction_end_time and t.occurred_at <= i.interaction_end_time + interval '30 minutes'
        ))::int as back
      from (
        select
          i.*,
          i.tracking_number = any(${CAMPAIGNS.map(({ number }) => number)}::text[]) as is_tracked
        from interactions i
        where i.channel_type = 'VOICE' and i.direction = 'INBOUND'
      ) i
    `,
  );
  return counts!;
}

async function ownerOf(namespace: string, value: string): Promise<string | undefined> {
  const [owner] = await read<{ customerId: string }>(
    core.database,
    sql`
      select coalesce(a.customer_id, i.customer_id) as "customerId"
      from identities i
      left join assignments a
        on a.subject_id = i.id and a.known_to = 'infinity' and a.valid_from <= ${new Date(first.clock)} and a.valid_to > ${new Date(first.clock)}
      where i.namespace = ${namespace} and i.value = ${value}
    `,
  );
  return owner?.customerId;
}
