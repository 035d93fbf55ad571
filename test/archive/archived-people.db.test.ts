import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { archiveMonths } from "../../src/archive/archive-months.ts";
import { restoreMonth } from "../../src/archive/restore-month.ts";
import { seenLoader } from "../../src/customers/identity.loader.ts";
import { summaryLoader } from "../../src/customers/summary.loader.ts";
import { sql } from "../../src/db/sql.ts";
import { settingsOf } from "../../src/facts/rules.ts";
import { saveSource } from "../../src/identity/rules.repository.ts";
import { enterArchived, findArchivedMonth, findClock } from "../../src/ingest/archiving/months.repository.ts";
import { rebuildAll } from "../../src/ingest/correcting/rebuild.ts";
import { retainDaily } from "../../src/ingest/forgetting/retain.ts";
import { matchLoose } from "../../src/ingest/matching/rematch.ts";
import { newId } from "../../src/kit/id.ts";
import { exportCustomer } from "../../src/privacy/export.ts";
import type { RequestContext } from "../../src/request.ts";
import { BECAUSE, forgetterOf } from "../forgetting/forgetting.ts";
import { useDatabase } from "../kit/database.ts";
import { TEST_KEYS, useIngest } from "../kit/ingest.ts";
import { read } from "../kit/read.ts";
import { BOUND_TO_NOTHING } from "../kit/viewer.ts";
import { bobs, call, page } from "./story.ts";
import { NOW, useArchive } from "./use-archive.ts";

const house = useDatabase();
const ingest = useIngest(house);

const { place, retaining, archive, restore, left } = useArchive(house, ingest);
test("who is forgotten is not brought back, and the next run takes them out of the files", async () => {
  await archive();
  const [bob] = await read<{ id: string }>(house.db, sql`select customer_id as id from identities where value = 'bob'`);
  const forgetter = forgetterOf(house, ingest);
  expect((await forgetter.preview({ customerId: bob!.id }, BECAUSE.by)).goes).toMatchObject({ touchpoints: 1 });
  await forgetter.forget({ customerId: bob!.id }, BECAUSE);
  const seen = () =>
    readdirSync(place.folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .some((entry) => readFileSync(join(entry.parentPath, entry.name)).includes("quagga"));

  expect(seen()).toBe(true);
  const copy = mkdtempSync(join(tmpdir(), "archive-"));
  cpSync(place.folder, copy, { recursive: true });
  const { months } = await archive();

  expect(months).toMatchObject([{ month: "2026-01", moved: 0, rows: 1 }]);
  expect(seen()).toBe(false);
  await expect(restoreMonth(house.db, { folder: copy, month: "2026-01", rules: ingest.rules() })).rejects.toThrow(
    "The file of 2026-01 is another than the one that was written last",
  );
  rmSync(copy, { recursive: true });
  expect(await restore("2026-01")).toEqual({ month: "2026-01", rows: 1, leftOut: 0 });
  expect(await left()).toEqual(["ann/jan", "ann/new"]);
});

test("a file is stale still where somebody was forgotten while it was written", async () => {
  await archive();
  const [bob] = await read<{ id: string }>(house.db, sql`select customer_id as id from identities where value = 'bob'`);
  const begunAt = await findClock(house.db);
  await forgetterOf(house, ingest).forget({ customerId: bob!.id }, BECAUSE);

  await enterArchived(house.db, { month: "2026-01", rows: 2, sha256: "of the file", begunAt });

  expect(await findArchivedMonth(house.db, "2026-01")).toMatchObject({ staleAt: expect.any(Date) });
});

test("a call keeps its match to a page in the archive, whoever its caller turns out to be", async () => {
  const match = () =>
    read<object>(
      house.db,
      sql`select match_status as status, match_page as page from interactions where source = 'cti'`,
    );
  const before = await match();
  await archive();
  const identities = [bobs, { namespace: "custid", value: "9" }];
  const body = { source: "crm", sourceId: "9", observedAt: "2026-11-21T00:00:00Z", identities };
  const [receipt] = await ingest.accept([{ kind: "customer", body }], { entryPoint: "test" });
  await matchLoose(house.db);

  const [now] = await read<{ id: string }>(
    house.db,
    sql`select customer_id as id from interactions where source = 'cti'`,
  );
  expect(now!.id).toBe(receipt!.customerId);
  expect(before).toMatchObject([{ status: "MATCHED", page: "/bob/quagga" }]);
  expect(await match()).toEqual(before);
});

test("a call is out of session still where its caller's last visit is in the archive", async () => {
  const cookie = { namespace: "cookie", value: "bobs" };
  const record = (sourceId: string, identities: object[]) => ({
    kind: "call" as const,
    body: { source: "cti", sourceId, startedAt: "2026-11-22T09:00:00Z", identities },
  });
  const phones = ["+46701740601", "+46701740602"].map((value) => ({ namespace: "phone", value }));
  await ingest.accept(
    [
      page("seen", "2026-01-07T09:00:00Z", "bob", { identities: [bobs, cookie] }),
      page("cookie", "2026-01-08T09:00:00Z", "bob", { identities: [{ namespace: "cookie", value: "alone" }] }),
    ],
    { entryPoint: "test" },
  );
  const calls = (n: number) => [
    record(`customer ${n}`, [bobs]),
    record(`sighting ${n}`, [phones[0]!, cookie]),
    record(`visitor ${n}`, [phones[1]!, { namespace: "cookie", value: "alone" }]),
    record(`stranger ${n}`, [{ namespace: "login", value: `new ${n}` }]),
  ];
  await ingest.accept(calls(1), { entryPoint: "test" });
  await archive();
  await ingest.accept(calls(2), { entryPoint: "test" });
  const statuses = () =>
    read<object>(
      house.db,
      sql`select source_id as id, match_status as status from interactions where source_id like '% _' order by 1`,
    );
  const before = await statuses();

  expect((await rebuildAll(house.db, ingest.rules(), false)).callsRematched).toBe(0);
  expect(before).toEqual(
    ["customer", "sighting", "stranger", "visitor"].flatMap((way) =>
      [1, 2].map((n) => ({ id: `${way} ${n}`, status: way === "stranger" ? "OFFLINE" : "OUT_OF_SESSION" })),
    ),
  );
  expect(await statuses()).toEqual(before);
});

test("who is known by what is in the archive is joined by nobody who may not", async () => {
  await saveSource(house.db, { ...settingsOf(ingest.rules(), "desk"), joins: false });
  await ingest.refresh();
  const carl = { namespace: "login", value: "carl" };
  await ingest.accept([page("carl", "2026-01-06T09:00:00Z", "carl")], { entryPoint: "test" });
  await archive();
  const body = { ...call().body, source: "desk", startedAt: "2026-11-21T00:00:00Z", identities: [bobs, carl] };
  await ingest.accept([{ kind: "call", body }], { entryPoint: "test" });

  const owners = await read<{ id: string }>(
    house.db,
    sql`
      select distinct coalesce(a.customer_id, i.customer_id) as id
      from identities i
      left join assignments a on a.subject_id = i.id and a.known_to = 'infinity'
      where i.value = any(array['bob', 'carl'])
    `,
  );
  expect(owners).toHaveLength(2);
});

test("a run that is killed while it writes a file anew leaves the one before, and the next one goes on", async () => {
  await archive();
  const [bob] = await read<{ id: string }>(house.db, sql`select customer_id as id from identities where value = 'bob'`);
  await forgetterOf(house, ingest).forget({ customerId: bob!.id }, BECAUSE);
  const killed: typeof house.db = {
    ...house.db,
    rows: (declared, statement) =>
      statement.sql.includes("from items i") ? Promise.reject(new Error("killed")) : house.db.rows(declared, statement),
  };
  const months = { folder: place.folder, keep: 2, now: NOW, retaining };

  await expect(archiveMonths(killed, months)).rejects.toThrow("killed");

  expect(await restore("2026-01")).toEqual({ month: "2026-01", rows: 1, leftOut: 1 });
  await house.db.orm.archivedMonth.update({ where: { month: "2026-01" }, data: { restoredAt: null } });
  expect((await archive()).months).toMatchObject([{ month: "2026-01", moved: 1, rows: 1 }]);
  expect(filesOf("2026-01")).toHaveLength(2);
});

/** What lies in the folders of a month. */
const filesOf = (month: string) =>
  readdirSync(place.folder, { recursive: true })
    .map(String)
    .filter((path) => path.includes(month) && path.endsWith(".parquet"));

test("when somebody was first and last seen is told though it is in the archive", async () => {
  const seen = async () => {
    const viewer = { scopes: new Set<string>(), ...BOUND_TO_NOTHING };
    const request = { db: house.db, viewer } as unknown as RequestContext;
    const born = await read<{ id: string; customerId: string }>(
      house.db,
      sql`select id, customer_id as "customerId" from identities where value = any('{ann,bob}') order by value`,
    );
    const identities = await seenLoader(request).loadMany(born.map(({ id }) => id));
    const summaries = await summaryLoader(request).loadMany(born.map(({ customerId }) => customerId));
    return [...identities, ...summaries].map((one) => {
      const { firstSeenAt, lastSeenAt } = one as { firstSeenAt: Date | null; lastSeenAt: Date | null };
      return [firstSeenAt, lastSeenAt];
    });
  };
  await ingest.accept([page("carl", "2026-01-06T09:00:00Z", "carl")], { entryPoint: "test" });
  const before = await seen();

  await archive();

  expect(before[0]).toEqual([new Date("2026-01-31T23:50:00Z"), new Date("2026-11-20T09:00:00Z")]);
  expect(await seen()).toEqual(before);
});

test("what the archive lets go of is no run over the database, which servers make once a day", async () => {
  await archive();
  await house.db.orm.retentionRule.create({ data: { kind: "TOUCHPOINTS", days: 100, source: "" } });
  expect((await archive()).letGo).toBe(3);

  await retainDaily(house.db, NOW, retaining);

  const runs = await house.db.orm.retentionRun.findMany({ orderBy: { id: "asc" } });
  expect(runs.at(-1)).toMatchObject({ gone: { TOUCHPOINTS: 0 }, startedAt: NOW });
});

test("rules of retention reach into the archive, and a legal hold keeps what is in it", async () => {
  await archive();
  const [ann] = await read<{ id: string }>(house.db, sql`select customer_id as id from identities where value = 'ann'`);
  const hold = { id: newId(), customerId: ann!.id, reason: "a case", by: "law", at: NOW };
  await house.db.orm.legalHold.create({ data: hold });
  await house.db.orm.retentionRule.create({ data: { kind: "TOUCHPOINTS", days: 100, source: "" } });

  const { letGo, months } = await archive();

  expect(letGo).toBe(1);
  expect(months.map(({ month, rows }) => [month, rows])).toEqual([["2026-01", 1]]);
  expect(
    await house.db.orm.interaction.count({ where: { isVisit: true, source: "web", subjectId: { not: ann!.id } } }),
  ).toBe(2);
});

test("an export says in which months of the archive somebody is", async () => {
  await archive();
  const [bob] = await read<{ id: string }>(house.db, sql`select customer_id as id from identities where value = 'bob'`);
  const rows: [string, string][] = [];
  let table = "";
  await exportCustomer(
    house.db,
    { customerId: bob!.id, by: BECAUSE.by, rejectionKey: TEST_KEYS.rejectionKey },
    {
      begin: async () => {},
      table: async (name) => {
        table = name;
      },
      row: async (json) => void rows.push([table, json]),
      end: async () => {},
    },
  );

  const months = rows.filter(([name]) => name === "archived_months").map(([, json]) => JSON.parse(json).month);
  expect(months).toEqual(["2026-01"]);
});
