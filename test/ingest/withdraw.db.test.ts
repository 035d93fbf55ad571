import { expect, test } from "vitest";
import { sql } from "../../src/db/sql.ts";
import { rebuild } from "../../src/identity/rebuild.ts";
import { withdrawBatch } from "../../src/ingest/correcting/withdraw.ts";
import type { IncomingRecord } from "../../src/ingest/receipt.ts";
import { newId } from "../../src/kit/id.ts";
import { useDatabase } from "../kit/database.ts";
import { useIngest } from "../kit/ingest.ts";
import { read } from "../kit/read.ts";

const house = useDatabase();
const ingest = useIngest(house);

const ann = { namespace: "custid", value: "1" };
const bob = { namespace: "custid", value: "2" };
const mail = { namespace: "email", value: "ann@example.com" };
const cookie = { namespace: "cookie", value: "c" };

function view(n: number, identities: object[], revision = 1): IncomingRecord {
  return {
    kind: "touchpoint",
    body: {
      source: "web",
      sourceId: `v${n}`,
      revision: `2026-11-0${revision}T00:00:00Z`,
      occurredAt: `2026-11-20T09:0${n}:00Z`,
      kind: "PAGE_VIEW",
      channel: "WEB",
      name: revision === 1 ? "/home" : "/changed",
      sessionId: "s",
      identities,
    },
  };
}

/** All that the tables say, but for times of storing and ids that chance made. */
async function picture() {
  return {
    touchpoints: await read(
      house.db,
      sql`
        select t.subject_id, t.id, t.occurred_at, t.item_id, coalesce(i.namespace || i.value, '') as owner
        from touchpoints t left join identities i on i.customer_id = t.customer_id order by t.id
      `,
    ),
    visits: await read(
      house.db,
      sql`
        select subject_id, id, session_start_time, session_end_time from interactions order by subject_id, id
      `,
    ),
    sightings: await read(
      house.db,
      sql`select identity_id, at, subject_id, record_id from sightings order by 1, 2, 3, 4`,
    ),
    identities: await read(house.db, sql`select id from identities order by id`),
    keys: await read(house.db, sql`select id, revision, body_hash, subject_id from ingest_keys order by id`),
  };
}

test("withdrawing an import leaves everything as it was before", async () => {
  await ingest.accept([view(1, [cookie]), view(2, [ann, mail]), view(3, [ann, cookie])], { entryPoint: "import" });
  const before = await picture();
  const importId = newId();
  const bad = [view(2, [bob, mail], 2), view(4, [bob, cookie]), view(5, [{ namespace: "login", value: "x" }, mail])];
  for (const record of bad) await ingest.accept([record], { entryPoint: "import", importId });
  expect(await picture()).not.toEqual(before);

  const answer = await withdrawBatch(house.db, importId, { by: "test", rules: ingest.rules() });

  expect(answer).toEqual({ batches: 3, removed: 2, restored: 1 });
  expect(await picture()).toEqual(before);
  expect(await rebuild(house.db, ingest.rules(), false)).toMatchObject({ reassigned: 0, rowsMoved: 0 });
});

test("what comes back belongs to whoever its subject is by now", async () => {
  await ingest.accept([view(1, [cookie])], { entryPoint: "import" });
  const bad = newId();
  await ingest.accept([view(1, [cookie], 2)], { entryPoint: "import", batchId: bad });
  await ingest.accept([view(3, [ann, cookie])], { entryPoint: "import" });

  await withdrawBatch(house.db, bad, { by: "test", rules: ingest.rules() });

  const { touchpoints } = await picture();
  expect(touchpoints.map((row) => (row as { owner: string }).owner)).toEqual(["custid1", "custid1"]);
  expect(await rebuild(house.db, ingest.rules(), false)).toMatchObject({ reassigned: 0, rowsMoved: 0 });
});

test("an identity that a replaced record showed is there again when that record is", async () => {
  const [first, second] = [newId(), newId()];
  await ingest.accept([view(1, [mail, cookie])], { entryPoint: "import", batchId: first });
  await ingest.accept([view(1, [mail], 2)], { entryPoint: "import", batchId: second });

  for (const id of [first, second]) await withdrawBatch(house.db, id, { by: "test", rules: ingest.rules() });
  await ingest.accept([view(3, [cookie])], { entryPoint: "import" });

  expect(await rebuild(house.db, ingest.rules(), false)).toMatchObject({ reassigned: 0, rowsMoved: 0 });
});

test("a page view that comes back has its visit again, though the leg in the visit's place was withdrawn meanwhile", async () => {
  await ingest.accept([view(1, [ann])], { entryPoint: "test" });
  const before = await picture();
  const [legs, moves] = [newId(), newId()];
  const times = { sessionStartTime: "2026-11-20T09:00:00Z", interactionEndTime: "2026-11-20T09:30:00Z" };
  const leg = { source: "web", sourceId: "s", channelType: "WEB", ...times, identities: [ann] };
  await ingest.accept([{ kind: "interaction", body: leg }], { entryPoint: "test", batchId: legs });
  const moved = view(1, [ann], 2);
  const elsewhere = { ...moved, body: { ...(moved.body as object), sessionId: "another" } };
  await ingest.accept([elsewhere], { entryPoint: "test", batchId: moves });

  for (const batch of [legs, moves]) await withdrawBatch(house.db, batch, { by: "test", rules: ingest.rules() });

  expect(await picture()).toEqual(before);
});

test("refuses a batch that nobody sent", async () => {
  const unknown = withdrawBatch(house.db, newId(), { by: "test", rules: ingest.rules() });

  await expect(unknown).rejects.toMatchObject({ code: "NOT_FOUND" });
});
