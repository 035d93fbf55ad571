import { expect, test } from "vitest";
import { CAMPAIGNS } from "../../seed/campaigns.ts";
import { CAST } from "../../seed/cast.ts";
import { loadDemoData, saveDemoSources } from "../../seed/load.ts";
import { sql } from "../../src/db/sql.ts";
import { ensureNamespaces, findRules } from "../../src/identity/rules.repository.ts";
import { openIngest } from "../../src/ingest/ingest.ts";
import { openLog } from "../../src/kit/log.ts";
import { useDatabase } from "../kit/database.ts";
import { read } from "../kit/read.ts";

const now = Date.parse("2026-11-20T14:30:00Z");
const key = new Uint8Array(32).fill(7);
const log = openLog("silent");
const house = useDatabase();

async function openDemoData() {
  await ensureNamespaces(house.db);
  await saveDemoSources(house.db);
  const rules = await findRules(house.db, "GB");
  return openIngest({ database: house.db, log, identityKey: key, rejectionKey: key, rules: () => rules });
}

test("demo data gets every kind of receipt, holds the people of its stories, and a second time changes nothing", async () => {
  const ingest = await openDemoData();

  const first = await loadDemoData(ingest, log, now);
  const stored = await countRows();
  const second = await loadDemoData(ingest, log, now);

  expect(first.ACCEPTED).toBeGreaterThan(14_000);
  expect(first.REPEATED).toBeGreaterThan(100);
  expect(first.SUPERSEDED).toBeGreaterThan(50);
  expect(first.STALE).toBeGreaterThanOrEqual(6);
  expect(first.CONFLICT).toBe(4);
  expect(first.FILTERED).toBeGreaterThan(50);
  expect(first.REJECTED).toBe(7);
  expect(second).toMatchObject({ CONFLICT: 4, REJECTED: 7 });
  expect(second.ACCEPTED).toBeUndefined();
  expect(second.SUPERSEDED).toBeUndefined();
  expect(await countRows()).toEqual(stored);

  const { tracked, matched, back } = await webAndCalls();
  expect(tracked).toBeGreaterThan(60);
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

async function countRows() {
  const [counts] = await read(
    house.db,
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
    house.db,
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
    house.db,
    sql`
      select coalesce(a.customer_id, i.customer_id) as "customerId"
      from identities i
      left join assignments a
        on a.subject_id = i.id and a.known_to = 'infinity' and a.valid_from <= ${new Date(now)} and a.valid_to > ${new Date(now)}
      where i.namespace = ${namespace} and i.value = ${value}
    `,
  );
  return owner?.customerId;
}
