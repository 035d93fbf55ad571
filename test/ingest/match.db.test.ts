import { describe, expect, test } from "vitest";
import { sql } from "../../src/db/sql.ts";
import { saveSource } from "../../src/identity/rules.repository.ts";
import { rematchAll } from "../../src/ingest/matching/rematch.ts";
import { sourceOf } from "../identity/histories.ts";
import { useDatabase } from "../kit/database.ts";
import { useIngest } from "../kit/ingest.ts";
import { read } from "../kit/read.ts";
import { telling } from "../live/telling.ts";

const house = useDatabase();
const ingest = useIngest(house);
const { page, call, leg, state } = telling(ingest);

/** A time of one day in November 2026. */
const at = (time: string) => new Date(`2026-11-10T${time}:00Z`);
const PHONE = "+46701234567";

interface Match {
  status: string | null;
  method: string | null;
  confidence: number | null;
  page: string | null;
  seconds: number | null;
}

async function matches(): Promise<Match[]> {
  return read<Match>(
    house.db,
    sql`
      select
        match_status as status, match_method as method, match_confidence as confidence, match_page as page,
        match_seconds as seconds
      from interactions
      where channel_type = 'VOICE'
      order by session_start_time, id
    `,
  );
}

const lend = (number: string, ecid: string, { from, to }: { from: Date; to: Date }) =>
  read(
    house.db,
    sql`
      insert into tracking_leases (number, valid_from, valid_to, identity_id)
      select ${number}, ${from}, ${to}, id from identities where namespace = 'ecid' and value = ${ecid}
    `,
  );

describe("a call is tied to the visit it came out of", () => {
  test("by the visitor id that it carries, to the page that was open, with the seconds between", async () => {
    await page({ ecid: "e1" }, { at: at("12:10"), name: "Prices", url: "https://a.se/prices" });
    await page({ ecid: "e1" }, { at: at("12:17"), name: "Contact" });
    await call({ ecid: "e1", phone: PHONE }, { at: at("12:19") });

    expect(await matches()).toEqual([
      { status: "MATCHED", method: "VISITOR_ID", confidence: 1, page: "Contact", seconds: 120 },
    ]);
  });

  test("to the page that the tracker names, where the visit saw it", async () => {
    await page({ ecid: "e1" }, { at: at("12:10"), name: "Prices", url: "https://a.se/prices?q=1" });
    await page({ ecid: "e1" }, { at: at("12:17"), name: "Contact", url: "https://a.se/contact" });
    await call({ ecid: "e1" }, { at: at("12:19"), pageUrl: "https://a.se/prices" });

    expect(await matches()).toMatchObject([{ page: "Prices", seconds: 540 }]);
  });

  test("by the caller's number, when the visitor has logged in", async () => {
    await state({ custid: "1", phone: PHONE });
    await page({ custid: "1", ecid: "e1" }, { at: at("12:10"), name: "Invoice" });
    await call({ phone: PHONE }, { at: at("12:15") });

    expect(await matches()).toMatchObject([
      { status: "MATCHED", method: "CALLER_NUMBER", confidence: 0.9, page: "Invoice" },
    ]);
  });

  test("by the number that only this visitor was shown, though the caller withholds theirs", async () => {
    await page({ ecid: "e1" }, { at: at("12:10"), name: "Prices" });
    await page({ ecid: "e2" }, { at: at("12:11"), name: "Jobs" });
    await lend("+46812345678", "e1", { from: at("12:10"), to: at("12:40") });
    await call({ phone: "anonymous" }, { at: at("12:20"), dialledNumber: "+46812345678" });
    await call({ phone: "anonymous" }, { at: at("12:40"), dialledNumber: "+46812345678" });

    expect(await matches()).toMatchObject([
      { status: "MATCHED", method: "TRACKING_NUMBER", page: "Prices" },
      { status: "NO_IDENTITY", method: null, page: null },
    ]);
  });

  test("by the number of the campaign that the visit came by, and takes the campaign where it names none", async () => {
    await house.db.run(sql`
      insert into tracking_numbers (number, source, campaign, medium) values ('+46812345678', 'ads', 'fibre', 'cpc')
    `);
    await state({ custid: "1", phone: PHONE });
    await page({ custid: "1" }, { at: at("12:10"), name: "Fibre", campaign: "fibre", medium: "cpc" });
    await call({ phone: PHONE }, { at: at("12:15"), dialledNumber: "+46812345678" });
    await call({ phone: PHONE }, { at: at("12:16"), dialledNumber: "+46812345678", campaign: "letter" });

    expect(await matches()).toMatchObject([
      { method: "TRACKING_NUMBER", page: "Fibre" },
      { method: "TRACKING_NUMBER" },
    ]);
    const calls = sql`select campaign, medium from interactions where channel_type = 'VOICE' order by session_start_time`;
    expect(await read(house.db, calls)).toEqual([
      { campaign: "fibre", medium: "cpc" },
      { campaign: "letter", medium: null },
    ]);
  });

  test("by a click on the number, when nothing else tells and only one visitor clicked", async () => {
    const click = { kind: "OTHER", url: "tel:+46812345678" };
    await page({ ecid: "e1" }, { at: at("12:10"), name: "Contact" });
    await page({ ecid: "e1" }, { at: at("12:12"), ...click });
    await call({ phone: PHONE }, { at: at("12:13"), dialledNumber: "+46812345678" });

    const alone = await matches();
    await page({ ecid: "e2" }, { at: at("12:11"), ...click });

    expect(alone).toMatchObject([{ status: "MATCHED", method: "CLICK_TO_CALL", page: "Contact" }]);
    expect(await matches()).toMatchObject([{ status: "OFFLINE", method: null, page: null, seconds: null }]);
  });

  test("by the page that was open, when only one visitor had it open", async () => {
    await page({ ecid: "e1" }, { at: at("12:10"), name: "Contact", url: "https://a.se/contact" });
    await page({ ecid: "e2" }, { at: at("12:10"), name: "Jobs", url: "https://a.se/jobs" });
    await call({ phone: "anonymous" }, { at: at("12:12"), pageUrl: "https://a.se/contact?x=1" });

    const alone = await matches();
    await page({ ecid: "e3" }, { at: at("12:11"), url: "https://a.se/contact" });

    expect(alone).toMatchObject([{ status: "MATCHED", method: "PROXIMITY", confidence: 0.4, page: "Contact" }]);
    expect(await matches()).toMatchObject([{ status: "NO_IDENTITY", method: null }]);
  });
});

describe("a call that is not", () => {
  test("is OUT_OF_SESSION when the visit was over: click 12:17, call 17:05", async () => {
    await page({ bizible: "b1" }, { at: at("12:17") });
    await call({ bizible: "b1" }, { at: at("17:05") });

    expect(await matches()).toMatchObject([{ status: "OUT_OF_SESSION", method: null, page: null }]);
  });

  test("a pause of thirty minutes is none, one of a second more is", async () => {
    await page({ ecid: "e1" }, { at: at("12:00") });
    await page({ ecid: "e2" }, { at: at("12:00") });
    await call({ ecid: "e1" }, { at: at("12:30") });
    await call({ ecid: "e2" }, { at: new Date(at("12:30").getTime() + 1_000) });

    expect(await matches()).toMatchObject([{ status: "MATCHED" }, { status: "OUT_OF_SESSION" }]);
  });

  test("the pause is measured from the end of what came before, on whatever channel", async () => {
    await state({ custid: "1", phone: PHONE });
    await page({ custid: "1" }, { at: at("12:00"), name: "Invoice" });
    await leg({ custid: "1" }, { at: at("12:20"), interactionEndTime: at("13:00") });
    await call({ phone: PHONE }, { at: at("13:30") });
    await call({ custid: "1" }, { at: at("14:30") });

    expect(await matches()).toMatchObject([{ status: "MATCHED", page: "Invoice" }, { status: "OUT_OF_SESSION" }]);
  });

  test("is OFFLINE when the customer is known and was never on the web", async () => {
    await call({ phone: PHONE }, { at: at("12:00") });
    await page({ ecid: "e1" }, { at: at("12:00") });

    expect(await matches()).toMatchObject([{ status: "OFFLINE" }]);
  });

  test("is NO_IDENTITY when nothing identifies the caller, not even the contact's own id", async () => {
    await call({ phone: "anonymous" }, { at: at("12:00") });
    await call({}, { at: at("12:01"), universalSessionId: "u1" });

    expect(await matches()).toMatchObject([{ status: "NO_IDENTITY" }, { status: "NO_IDENTITY" }]);
  });

  test("is UNUSABLE when its source says that its visitor ids are another system's", async () => {
    await saveSource(house.db, { ...sourceOf("telephony"), foreignPrefixes: ["gbr0", "clarity"] });
    await page({ ecid: "gbr0123" }, { at: at("12:00") });
    await call({ ecid: "gbr0123", phone: PHONE }, { at: at("12:01") });
    await call({ qubit_context: "Clarity-9" }, { at: at("12:02") });
    await call({ ecid: "abc" }, { at: at("12:03") });

    expect((await matches()).map(({ status }) => status)).toEqual(["UNUSABLE", "UNUSABLE", "OFFLINE"]);
  });
});

describe("what comes late", () => {
  test("a late page view, a late log-in and a late leg between change the match", async () => {
    await call({ custid: "1", phone: PHONE }, { at: at("12:45") });
    const never = await matches();
    await page({ ecid: "e1" }, { at: at("12:00"), name: "Invoice" });
    const stranger = await matches();
    await page({ ecid: "e1", custid: "1" }, { at: at("11:55"), name: "Log-in" });
    const known = await matches();
    await leg({ custid: "1" }, { at: at("12:10"), interactionEndTime: at("12:30") });

    expect(never).toMatchObject([{ status: "OFFLINE" }]);
    expect(stranger).toMatchObject([{ status: "OFFLINE" }]);
    expect(known).toMatchObject([{ status: "OUT_OF_SESSION" }]);
    expect(await matches()).toMatchObject([{ status: "MATCHED", method: "CALLER_NUMBER", page: "Invoice" }]);
  });

  test("a page view that came after the call changes nothing", async () => {
    await state({ custid: "1", phone: PHONE });
    await call({ phone: PHONE }, { at: at("12:00") });
    await page({ custid: "1" }, { at: at("12:01") });

    expect(await matches()).toMatchObject([{ status: "OFFLINE" }]);
  });

  test("a late visit of a visitor who was lent the number dialled counts", async () => {
    await page({ ecid: "e1" }, { at: at("09:00") });
    await lend("+46812345678", "e1", { from: at("12:00"), to: at("12:30") });
    await call({ phone: "anonymous" }, { at: at("12:10"), dialledNumber: "+46812345678" });
    const before = await matches();
    await page({ ecid: "e1" }, { at: at("12:05"), name: "Prices" });

    expect(before).toMatchObject([{ status: "OUT_OF_SESSION" }]);
    expect(await matches()).toMatchObject([{ status: "MATCHED", method: "TRACKING_NUMBER", page: "Prices" }]);
  });

  test("matching all calls anew changes nothing", async () => {
    await state({ custid: "1", phone: PHONE });
    await call({ phone: PHONE }, { at: at("12:20") });
    await page({ custid: "1", ecid: "e1" }, { at: at("12:10") });
    await call({ ecid: "e1" }, { at: at("12:25") });
    await call({}, { at: at("12:26") });
    const before = await matches();

    expect(await rematchAll(house.db)).toBe(0);
    expect(await matches()).toEqual(before);
  });
});
