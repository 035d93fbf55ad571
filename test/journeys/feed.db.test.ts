import { expect, test } from "vitest";
import { sql } from "../../src/db/sql.ts";
import { ruleOf } from "../../src/facts/rules.ts";
import { merge, withdraw } from "../../src/identity/decide.ts";
import { saveNamespace } from "../../src/identity/rules.repository.ts";
import { rebuildAll } from "../../src/ingest/correcting/rebuild.ts";
import { withdrawBatch } from "../../src/ingest/correcting/withdraw.ts";
import { matchingAfter } from "../../src/ingest/matching/rematch.ts";
import { openTracking } from "../../src/ingest/matching/tracking.ts";
import type { IncomingRecord, Receipt } from "../../src/ingest/receipt.ts";
import { follow } from "../../src/journeys/follow.ts";
import { newId } from "../../src/kit/id.ts";
import { useDatabase } from "../kit/database.ts";
import { TEST_KEYS, useIngest } from "../kit/ingest.ts";
import { read } from "../kit/read.ts";
import { spelled } from "./spelled.ts";

const house = useDatabase();
const ingest = useIngest(house);

const NUMBER = "+46812345671";
const at = (minute: number, day = 1) => new Date(Date.UTC(2026, 9, day, 12, minute));
const said = () => ({ by: { id: "test", name: "test" }, reason: "because", rules: ingest.rules() });
const tracking = () => openTracking({ database: house.db, ...TEST_KEYS, rules: ingest.rules });

/** Identities in words: "custid 1, cookie 2". */
function named(who: string) {
  return who.split(", ").map((identity) => {
    const [namespace, value] = identity.split(" ") as [string, string];
    return { namespace, value };
  });
}

type More = Record<string, unknown>;

function moment(who: string, minute: number, more: More = {}): IncomingRecord {
  const body = { source: "web", sourceId: newId(), occurredAt: at(minute), channel: "WEB", kind: "PAGE_VIEW" };
  return { kind: "touchpoint", body: { ...body, identities: named(who), url: `https://a.se/${minute}`, ...more } };
}

function leg(who: string, minute: number, more: More = {}): IncomingRecord {
  const body = { source: "desk", sourceId: newId(), sessionStartTime: at(minute), channelType: "VOICE" };
  return { kind: "interaction", body: { ...body, identities: named(who), ...more } };
}

function stated(who: string, day: number, more: More): IncomingRecord {
  return {
    kind: "customer",
    body: { source: "crm", sourceId: "1", observedAt: at(0, day), identities: named(who), ...more },
  };
}

const tell = (...records: IncomingRecord[]): Promise<Receipt[]> => ingest.accept(records, { entryPoint: "test" });

/**
 * Whether somebody's columns differ after it. A store that follows then holds what one holds that is loaded afresh: nobody
 * was left out of the feed.
 */
async function differAfter(act: () => Promise<unknown>): Promise<boolean> {
  const before = await house.db.atOneInstant((snapshot) => follow(snapshot, null));
  const was = spelled(before);
  await act();
  const [followed, fresh] = await house.db.atOneInstant(async (snapshot) => {
    return [spelled(await follow(snapshot, before)), spelled(await follow(snapshot, null))];
  });
  expect(followed).toEqual(fresh);
  return JSON.stringify(was) !== JSON.stringify(fresh);
}

/** A cookie that Ann used before the tenth minute, and Bob from then on. */
const SHARED = [moment("custid 1, cookie 1", 0), moment("custid 2, cookie 1", 10)];

test("an earlier moment gives a visit to another owner of its subject, and both are named", async () => {
  await tell(...SHARED);
  await tell(moment("cookie 1", 12, { sessionId: "s" }));

  expect(await differAfter(() => tell(moment("cookie 1", 2, { sessionId: "s" })))).toBe(true);
});

test("a record that says later whose a moment was names whose it is no longer", async () => {
  const told = moment("cookie 1", 2, { revision: at(0) });
  await tell(told);
  const corrected = { ...(told.body as More), identities: named("custid 2"), revision: at(0, 2) };

  expect(await differAfter(() => tell({ ...told, body: corrected }))).toBe(true);
});

test("a contact that a leg ties names those whose legs and visits it ties", async () => {
  await tell(leg("custid 1", 0, { universalSessionId: "u" }), moment("custid 2", 1, { universalSessionId: "v" }));

  const tied = () => tell(leg("custid 3", 5, { universalSessionId: "u", contactKey: "k", callBackSessionId: "v" }));

  expect(await differAfter(tied)).toBe(true);
});

test("a contact that a visit gets names all owners of its moments", async () => {
  await tell(...SHARED);
  await tell(
    moment("cookie 1", 2, { sessionId: "s", universalSessionId: "u" }),
    moment("cookie 1", 12, { sessionId: "s" }),
  );

  const tied = () => tell(leg("custid 3", 20, { universalSessionId: "u" }));

  expect(await differAfter(tied)).toBe(true);
});

test("an earlier page before a log-in names whoever had it begin with a later one", async () => {
  await tell(moment("custid 1", 5, { sessionId: "s" }));

  expect(await differAfter(() => tell(moment("cookie 1", 2, { sessionId: "s" })))).toBe(true);
});

test("a batch that is withdrawn names whoever had their visit begin with a page of it", async () => {
  await tell(moment("custid 1", 5, { sessionId: "s" }));
  const batchId = newId();
  await ingest.accept([moment("cookie 1", 2, { sessionId: "s" })], { entryPoint: "test", batchId });

  const undone = () => withdrawBatch(house.db, batchId, { by: "test", rules: ingest.rules() });

  expect(await differAfter(undone)).toBe(true);
});

test("a merge and its withdrawal name both customers", async () => {
  const receipts = await tell(moment("custid 1", 0), moment("custid 2", 1));
  const [ann, bob] = receipts.map(({ customerId }) => customerId!) as [string, string];
  let verdict = "";

  const merged = await differAfter(async () => {
    verdict = (await merge(matchingAfter(house.db), [ann, bob], said())).verdict.id;
  });
  const parted = await differAfter(() => withdraw(matchingAfter(house.db), verdict, said()));

  expect([merged, parted]).toEqual([true, true]);
});

test("a page that comes after the call that it led to names the caller, whoever looked at it", async () => {
  await tell(leg("phone +46701740601", 3, { pageUrl: "https://a.se/2" }));

  expect(await differAfter(() => tell(moment("cookie 1", 2, { sessionId: "s" })))).toBe(true);
});

test("the campaign of a number names whoever called it", async () => {
  await tell(leg("custid 1", 0, { trackingNumber: NUMBER }), leg("custid 2", 1, { trackingNumber: NUMBER }));

  const saved = () => tracking().save([{ number: NUMBER, source: "ads", campaign: "radio" }]);

  expect(await differAfter(saved)).toBe(true);
});

test("a customer record that comes too late to be shown names the customer of whom it still adds something", async () => {
  await tell(moment("custid 1", 0), stated("custid 1", 3, { customerSegmentId: "gold" }));

  const late = () => tell(stated("custid 1", 2, { region: "North" }));

  expect(await differAfter(late)).toBe(true);
});

test("a rule that changed names everybody once it is applied", async () => {
  await tell(moment("custid 1, email a@example.com, login a", 0), moment("custid 1, email b@example.com", 1));

  const applied = async () => {
    await saveNamespace(house.db, { ...ruleOf(ingest.rules(), "email")!, limit: 1 });
    await ingest.refresh();
    await rebuildAll(house.db, ingest.rules(), false);
  };

  expect(await differAfter(applied)).toBe(false);
  expect(await read(house.db, sql`select from customer_changes where customers is null`)).toHaveLength(2);
});
