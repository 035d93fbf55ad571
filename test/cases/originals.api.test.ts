import { beforeEach, expect, test } from "vitest";
import { replayedFrom } from "../../src/cli/replay-originals.ts";
import { sql } from "../../src/db/sql.ts";
import { settingsOf } from "../../src/facts/rules.ts";
import { forgetOld } from "../../src/housekeeping.ts";
import { saveSource } from "../../src/identity/rules.repository.ts";
import { openLog } from "../../src/kit/log.ts";
import { useSenders } from "../connectors/stories/use-senders.ts";
import { read } from "../kit/read.ts";

const house = await useSenders();

const keep = async (name: string, originalDays: number) => {
  const { core } = house.app;
  await saveSource(house.db, { ...settingsOf(core.rules(), name), originalDays });
  await core.refreshRules();
};
const CALL = {
  Id: "00T900000000001",
  Subject: "Call",
  Type: "Call",
  CallType: "Inbound",
  CallDurationInSeconds: 60,
  CallDisposition: "Left voicemail",
  Phone: "+442079460811",
  CreatedDate: "2026-03-02T11:24:00.000+0000",
  SystemModstamp: "2026-03-02T11:24:05.000+0000",
};
const outcomes = async () =>
  (await house.db.orm.interaction.findMany()).map(({ outcome, callReason }) => [outcome, callReason]);
const originals = () => house.db.orm.original.findMany();

beforeEach(() => keep("salesforce-task", 30));

test("a message is kept as it was sent, encrypted, and only where the settings of its source say so", async () => {
  await house.send("salesforce-task", CALL);
  await house.send("responsetap", { callId: "1", callStartTime: "2026-03-02T11:24:00Z", cliNumber: "+442079460812" });

  const kept = await originals();

  expect(kept.map(({ connector }) => connector)).toEqual(["salesforce-task"]);
  expect(Buffer.from(kept[0]!.body).toString("latin1")).not.toContain("79460811");
});

test("what is refused is kept too, so that a mended connector reads it", async () => {
  const receipts = await house.send("salesforce-task", { ...CALL, Id: null });

  expect(receipts).toMatchObject([{ status: "REJECTED" }]);
  expect(await originals()).toHaveLength(1);
});

test("read again, a message replaces what an older connector made of it, and changes nothing the second time", async () => {
  await house.send("salesforce-task", CALL);
  // As an older version read it: the disposition was no outcome.
  await house.db.run(sql`update interactions set outcome = null, call_reason = 'as it was'`);
  await house.db.run(sql`update ingest_keys set body_hash = decode(repeat('00', 32), 'hex')`);

  const first = await replayedFrom(house.app.core, "salesforce-task");
  const second = await replayedFrom(house.app.core, "salesforce-task");

  expect([first, second]).toEqual([
    { messages: 1, receipts: { SUPERSEDED: 1 } },
    { messages: 1, receipts: { REPEATED: 1 } },
  ]);
  expect(await outcomes()).toEqual([["VOICEMAIL", "Call"]]);
});

test("sent again by its sender, another reading of one revision still is a conflict", async () => {
  await house.send("salesforce-task", CALL);

  const receipts = await house.send("salesforce-task", { ...CALL, CallDisposition: "Busy" });

  expect(receipts).toMatchObject([{ status: "CONFLICT" }]);
});

test("a form comes back as the form that it was", async () => {
  await keep("twilio", 1);
  const form =
    "CallSid=CA901&From=%2B442079460813&To=%2B442079460000&Direction=inbound&CallStatus=completed&CallDuration=25&Timestamp=Mon%2C+02+Mar+2026+10%3A00%3A25+%2B0000";

  await house.send("twilio", form);

  expect(await replayedFrom(house.app.core, "twilio")).toEqual({ messages: 1, receipts: { REPEATED: 1 } });
});

test("its days over, it is gone", async () => {
  await house.send("salesforce-task", CALL);
  const at = async (days: number) => {
    await forgetOld(house.app.core, new Date(Date.now() + days * 86_400_000), openLog("silent"));
    return (await originals()).length;
  };

  expect([await at(29), await at(31)]).toEqual([1, 0]);
  expect(await read(house.db, sql`select count(*)::int as n from interactions`)).toEqual([{ n: 1 }]);
});
