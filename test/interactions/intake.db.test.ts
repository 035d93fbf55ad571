import { expect, test } from "vitest";
import { sql } from "../../src/db/sql.ts";
import { replay } from "../../src/ingest/correcting/replay.ts";
import type { IncomingRecord } from "../../src/ingest/receipt.ts";
import { readIntake } from "../../src/interactions/intake.ts";
import { useDatabase } from "../kit/database.ts";
import { TEST_KEYS, useIngest } from "../kit/ingest.ts";

const house = useDatabase();
const ingest = useIngest(house);
const today = { from: new Date(Date.now() - 3_600_000), to: new Date(Date.now() + 3_600_000) };

function view(source: string, sourceId: string, more: object = {}): IncomingRecord {
  const body = { source, sourceId, occurredAt: "2026-11-20T08:50:00Z", kind: "PAGE_VIEW", channel: "WEB", ...more };
  return { kind: "touchpoint", body };
}

/** Source, what was told how often, and through which entry points. */
async function shown() {
  const { sources } = await readIntake(house.db, today, "UTC");
  return sources.map(({ source, receipts, entryPoints }) => [
    source,
    receipts.map(({ status, count }) => `${status} ${count}`).join(", "),
    entryPoints.join(", "),
  ]);
}

test("counts each source's receipts, also where one transaction holds several sources", async () => {
  await house.db.run(sql`insert into sources (name, keep_kinds, rank) values ('ivr', '{PROMPT}', 100)`);
  await ingest.refresh();

  await ingest.accept([view("web", "1"), view("web", "2"), view("shop", "1"), view("ivr", "1")], {
    entryPoint: "rest",
  });
  await ingest.accept([view("web", "1"), view("web", "3", { occurredAt: "never" })], { entryPoint: "import" });

  expect(await shown()).toEqual([
    ["web", "ACCEPTED 2, REPEATED 1, REJECTED 1", "import, rest"],
    ["ivr", "FILTERED 1", "rest"],
    ["shop", "ACCEPTED 1", "rest"],
  ]);
});

test("says what waits for a replay, and no more once it was taken in", async () => {
  const refused = (id: string) => view("web", id, { identities: [{ namespace: "shoe", value: "44" }] });
  await ingest.accept([refused("1"), refused("2"), view("web", "3", { occurredAt: "never" })], { entryPoint: "rest" });
  const { waiting: before } = await readIntake(house.db, today, "UTC");

  await house.db.run(sql`insert into namespaces (name, kind, rank, aliases) values ('shoe', 'CARRIER', 999, '{}')`);
  await ingest.refresh();
  await replay(house.db, ingest, {
    filter: { source: "web", reason: null, limit: 10 },
    key: TEST_KEYS.rejectionKey,
  });

  const { waiting: after } = await readIntake(house.db, today, "UTC");
  expect(before.map(({ reason, count }) => [reason, count])).toEqual([
    ["UNKNOWN_NAMESPACE", 2],
    [expect.any(String), 1],
  ]);
  expect(after).toEqual(before.slice(1));
});

test("cuts days by the calendar that was asked for", async () => {
  await ingest.accept([view("web", "1")], { entryPoint: "rest" });
  await house.db.run(sql`update batches set at = '2026-11-20T23:30:00Z'`);
  const period = { from: new Date("2026-11-20T00:00:00Z"), to: new Date("2026-11-22T00:00:00Z") };

  const [utc, stockholm] = await Promise.all(
    ["UTC", "Europe/Stockholm"].map((timeZone) => readIntake(house.db, period, timeZone)),
  );

  expect(utc!.sources[0]!.days.map(({ day }) => day)).toEqual(["2026-11-20"]);
  expect(stockholm!.sources[0]!.days.map(({ day }) => day)).toEqual(["2026-11-21"]);
});

test.each([
  [{ from: today.to, to: today.from }, "UTC"],
  [{ from: new Date("2026-01-01"), to: new Date("2026-11-01") }, "UTC"],
  [today, "+01:00"],
])("refuses a period or a calendar that cannot be kept", async (period, timeZone) => {
  await expect(readIntake(house.db, period, timeZone)).rejects.toMatchObject({ code: "BAD_INPUT" });
});

test("names a session that so many callers share that it is a constant", async () => {
  const call = (n: number): IncomingRecord => {
    const identities = [{ namespace: "phone", value: `+4670174${1_000 + n}` }];
    return {
      kind: "call",
      body: {
        source: "ivr",
        sourceId: `c${n}`,
        startedAt: new Date(Date.now() - n),
        sessionId: "constant",
        identities,
      },
    };
  };
  await ingest.accept(
    Array.from({ length: 25 }, (_, n) => call(n)),
    { entryPoint: "rest" },
  );

  const { commonKeys } = await readIntake(house.db, today, "UTC");

  expect(commonKeys).toEqual([{ source: "ivr", key: "contact of ivr/constant", interactions: 25 }]);
});

test("names a key that more interactions have than a contact has, and no other", async () => {
  const call = (n: number): IncomingRecord => {
    const startedAt = new Date(Date.now() - n * 1_000);
    const body = {
      source: "ivr",
      sourceId: `c${n}`,
      startedAt,
      sessionId: "constant",
      contactKey: n % 2 ? null : `k${n % 100}`,
    };
    return { kind: "call", body };
  };
  await ingest.accept(
    Array.from({ length: 402 }, (_, n) => call(n)),
    { entryPoint: "rest" },
  );

  const { commonKeys } = await readIntake(house.db, today, "UTC");

  expect(commonKeys).toEqual([{ source: "ivr", key: "contact of ivr/constant", interactions: 201 }]);
  const yesterday = { from: new Date(today.from.getTime() - 86_400_000), to: today.from };
  expect((await readIntake(house.db, yesterday, "UTC")).commonKeys).toEqual([]);
});
