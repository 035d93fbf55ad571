import { afterEach, expect, test, vi } from "vitest";
import { exitCodeOf } from "../../src/cli/import/summary.ts";
import { sql } from "../../src/db/sql.ts";
import { settingsOf } from "../../src/facts/rules.ts";
import { saveSource } from "../../src/identity/rules.repository.ts";
import { useApp } from "../app/use-app.ts";
import { importer, useFiles } from "../cli/importing.ts";
import { read } from "../kit/read.ts";

const SECRET = "a-secret-of-the-exchange";
const house = useApp({ settings: { C360_WEBHOOK_SECRETS: JSON.stringify({ asterisk: [SECRET] }) } });
const files = useFiles();
const imports = (name: string, content: string) => {
  const { database, ingest, refreshRules } = house.app.core;
  const run = importer({ ...house, db: database }, { ...ingest, refresh: refreshRules });
  return run(files.write(name, content), "calls", { source: "exports", rejects: files.path(`${name}.rejects`) });
};

afterEach(() => void vi.useRealTimers());

async function inZone(source: string, timeZone: string): Promise<void> {
  const { database, ingest, refreshRules } = house.app.core;
  await saveSource(database, { ...settingsOf(ingest.rules(), source), timeZone });
  await refreshRules();
}

const storedTimes = () =>
  read(
    house.db,
    sql`select session_start_time as began, interaction_end_time as ended from interactions order by session_start_time`,
  );

test.each(["2026-11-20T09:00:00Z", "2027-01-20T09:00:00Z", "2027-07-20T09:00:00Z"])(
  "case 17: a local time that comes twice is the first of the two, also when it is taken in on %s",
  async (today) => {
    await inZone("dispatch", "Europe/London");
    vi.useFakeTimers({ toFake: ["Date"], now: new Date(today) });

    await house.post("/v1/calls", { source: "dispatch", sourceId: "night-1", startedAt: "2026-10-25 01:45:00" });

    expect(await storedTimes()).toEqual([{ began: new Date("2026-10-25T00:45:00Z"), ended: null }]);
  },
);

/** A row of Master.csv. */
const masterRow = (start: string, answer: string, end: string, seconds: number, uniqueId: string) =>
  `"","02079460333","700","from-trunk","","PJSIP/t","PJSIP/301","Dial","","${start}","${answer}","${end}","${seconds}","${seconds - 12}","ANSWERED","DOCUMENTATION","${uniqueId}",""`;

test.each([
  [
    "goes on from the first to the second of the two hours",
    masterRow("2026-10-25 01:55:00", "2026-10-25 01:55:12", "2026-10-25 01:25:00", 1_800, "1792889700.7"),
    ["2026-10-25T00:55:00Z", "2026-10-25T01:25:00Z"],
  ],
  [
    "lies in the second hour, as only its unique id tells",
    masterRow("2026-10-25 01:20:00", "2026-10-25 01:20:12", "2026-10-25 01:40:00", 1_200, "1792891200.9"),
    ["2026-10-25T01:20:00Z", "2026-10-25T01:40:00Z"],
  ],
  [
    "begins in the second hour and ends after it",
    masterRow("2026-10-25 01:50:00", "2026-10-25 01:50:12", "2026-10-25 02:10:00", 1_200, "1792893000.2"),
    ["2026-10-25T01:50:00Z", "2026-10-25T02:10:00Z"],
  ],
])("case 18: a call that %s is taken in as it was", async (_, row, [began, ended]) => {
  await inZone("asterisk", "Europe/London");

  const reply = await house.post("/v1/webhooks/asterisk", row, {
    "content-type": "text/csv",
    "x-webhook-secret": SECRET,
  });

  expect(await reply.json()).toMatchObject({ counts: { ACCEPTED: 1 } });
  expect(await storedTimes()).toEqual([{ began: new Date(began!), ended: new Date(ended!) }]);
});

test("case 20: cells that are no whole time are refused, each with its reason", async () => {
  const cells = ["08:45", "08:45:10", "2025", "202605041200", "2025-07", "20260504", "4/5/2026"];
  const rows = cells.map((cell, at) => `n${at},${cell},90`).join("\n");

  const summary = await imports("clocks.csv", `sourceId,startedAt,durationSeconds\n${rows}\n`);
  const reasons = await read(house.db, sql`select distinct reason from rejections`);

  expect([summary.receipts, exitCodeOf(summary)]).toEqual([{ REJECTED: cells.length }, 2]);
  expect(reasons).toEqual([{ reason: "BAD_VALUE" }]);
});

const TABLE = "sourceId;startedAt;durationSeconds;phone\nx1;2026-05-04T12:00:00Z;90;+442079460444\n";

test("case 21: semicolons are told once, and obeyed where the file names them", async () => {
  await expect(imports("plain.csv", TABLE)).rejects.toThrow(
    /reads\s+sourceId;startedAt;durationSeconds;phone.*Did you mean ";"/s,
  );
  expect(await read(house.db, sql`select id from rejections`)).toEqual([]);

  const summary = await imports("named.csv", `sep=;\r\n${TABLE.replaceAll("\n", "\r\n")}`);

  expect([summary.receipts, exitCodeOf(summary)]).toEqual([{ ACCEPTED: 1 }, 0]);
});

test("case 22: rows of nothing at the end are nothing", async () => {
  const content = "sourceId,startedAt,durationSeconds\nx1,2026-05-04T12:00:00Z,90\n,,\n \t \n,,\n\n";

  const summary = await imports("blanks.csv", content);

  expect([summary.receipts, summary.skippedRows, exitCodeOf(summary)]).toEqual([{ ACCEPTED: 1 }, 0, 0]);
});

test("case 23: lines that end with a carriage return alone are lines", async () => {
  const content = "sourceId,startedAt,durationSeconds\rx1,2026-05-04T12:00:00Z,90\rx2,2026-05-04T13:00:00Z,90\r";

  expect(await imports("macintosh.csv", content)).toMatchObject({ receipts: { ACCEPTED: 2 }, lastLine: 3 });
});

test("a column of talk lengths gives the talk and the wrap-up that it says, and as the whole length would not", async () => {
  const day = "2026-05-04T";
  const at = (clock: string) => `${day}${clock}Z`;
  const header = "sourceId,startedAt,answeredAt,wrapUpEndedAt,talkSeconds,holdSeconds,outcome";
  const row = ["x1", at("12:00:00"), at("12:02:00"), at("12:08:30"), 300, 60, "HANDLED"].join(",");
  const figures = async () => {
    const period = { from: at("00:00:00"), to: at("23:00:00") };
    const query = `query ($input: KpiInput!) {
      contactCentreKpis(input: $input) { rows { averageHandleSeconds averageTalkSeconds averageWrapUpSeconds } }
    }`;
    return (await house.ask(query, { input: { period } })).data.contactCentreKpis.rows[0];
  };

  await imports("talk.csv", `${header}\n${row}\n`);

  expect(await figures()).toEqual({ averageHandleSeconds: 390, averageTalkSeconds: 300, averageWrapUpSeconds: 30 });
});
