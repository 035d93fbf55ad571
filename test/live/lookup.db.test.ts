import { describe, expect, test } from "vitest";
import { saveConsentRule } from "../../src/cli/consents.repository.ts";
import { sql } from "../../src/db/sql.ts";
import { replaceRoutingRules } from "../../src/ingest/ringing/routing-rules.repository.ts";
import { lookUpCaller, type Ring } from "../../src/live/lookup.ts";
import { useDatabase } from "../kit/database.ts";
import { useIngest } from "../kit/ingest.ts";
import { watched } from "../kit/watch.ts";
import { listOf, minutesAgo, requestOn, telling, useRoutingRules } from "./telling.ts";

const house = useDatabase();
const ingest = useIngest(house);
useRoutingRules(house);
const { page, call, leg, state } = telling(ingest);

const PHONE = "+46701234567";
const lookUp = async (who: Readonly<Record<string, string>>, rest: Partial<Ring> = {}) =>
  lookUpCaller(await requestOn(house.db), { identities: listOf(who), ...rest });
const rulesIn = ({ advice }: Awaited<ReturnType<typeof lookUp>>) => advice.reasons.map(({ rule }) => rule);

describe("who is calling", () => {
  test("a number that one customer has is theirs, in whatever way it is written", async () => {
    const { customerId } = await state({ custid: "1", phone: PHONE }, { displayName: "Ann" });

    const { candidates } = await lookUp({ mobilenr: "070-123 45 67" });

    expect(candidates).toEqual([
      {
        customer: expect.objectContaining({ id: customerId, isAnonymous: false }),
        confidence: 0.9,
        why: expect.any(String),
      },
    ]);
  });

  test("a number that several use gives all of them, whoever used it last and most first, each with a reason", async () => {
    const ann = await call({ custid: "1", phone: PHONE }, { at: minutesAgo(6_000) });
    const bob = await call({ custid: "2", phone: PHONE }, { at: minutesAgo(4_000) });
    await call({ custid: "2", phone: PHONE }, { at: minutesAgo(2_000) });

    const answer = await lookUp({ phone: PHONE });

    expect(answer.candidates.map(({ customer }) => customer.id)).toEqual([bob.customerId, ann.customerId]);
    expect(answer.candidates[0]!.confidence).toBeGreaterThan(answer.candidates[1]!.confidence);
    expect(answer.candidates.reduce((sum, { confidence }) => sum + confidence, 0)).toBeLessThanOrEqual(0.901);
    expect(answer.candidates[0]!.why).toMatch(/shared by 2 customers, theirs at the moment, seen with them 2 times/);
    expect(answer.candidates[1]!.why).toMatch(/seen with them once/);
  });

  test("says that it cannot tell when two are as likely as each other", async () => {
    await call({ custid: "1", phone: PHONE }, { at: minutesAgo(100) });
    await call({ custid: "2", phone: PHONE }, { at: minutesAgo(99) });

    const { advice } = await lookUp({ phone: PHONE });

    expect(advice.reasons[0]).toEqual({
      rule: "several-callers",
      message: "Several customers use this number: ask who is calling.",
    });
  });

  test("what the menu was told outweighs the telephone it was told with", async () => {
    const ann = await state({ custid: "1", phone: PHONE });
    const bob = await state({ custid: "2" });

    const { candidates } = await lookUp({ phone: PHONE, custid: "2" });

    expect(candidates.map(({ customer }) => customer.id)).toEqual([bob.customerId, ann.customerId]);
  });

  test("a visitor whom nothing names is known by what they did", async () => {
    const { customerId } = await call({ phone: PHONE }, { at: minutesAgo(50), callReason: "billing" });

    const { candidates } = await lookUp({ phone: PHONE });

    expect(candidates).toMatchObject([{ customer: { id: customerId, isAnonymous: true } }]);
    expect(candidates[0]!.why).toContain("nothing names its owner");
  });

  test("a withheld caller who dials a number that one visitor was shown is that visitor", async () => {
    const { customerId } = await page({ ecid: "e-1" }, { at: minutesAgo(2), url: "https://a.se/offers/fibre" });
    await house.db.run(sql`
      insert into tracking_leases (number, valid_from, valid_to, identity_id)
      select '+46812345678', now() - interval '3 minutes', now() + interval '20 minutes', id from identities where namespace = 'ecid'
    `);

    const { candidates, advice } = await lookUp({ phone: "anonymous" }, { dialledNumber: "+46 8 123 456 78" });

    expect(candidates).toMatchObject([{ customer: { id: customerId }, confidence: 0.85 }]);
    expect(advice.likelyReason).toBe("/offers/fibre");
  });

  test("nobody known and a number withheld are answers with advice, not errors", async () => {
    const unknown = await lookUp({ phone: PHONE });
    const withheld = await lookUp({ phone: "anonymous" });

    expect(unknown).toMatchObject({ candidates: [], advice: { skill: "identification", priority: 5 } });
    expect(rulesIn(unknown)).toEqual(["unknown", "everybody"]);
    expect(withheld).toMatchObject({ candidates: [], advice: { skill: "identification" } });
    expect(rulesIn(withheld)).toEqual(["withheld", "everybody"]);
  });

  test("a namespace that does not exist is the asker's fault", async () => {
    await expect(lookUp({ phonne: PHONE })).rejects.toMatchObject({ code: "BAD_INPUT" });
  });

  test.each([
    ["one statement where it can be one customer", ["1"], 1],
    ["two where it may be several", ["1", "2"], 2],
  ])("takes %s, however much there is to say", async (_name, users, expected) => {
    for (const custid of users) {
      await state({ custid, phone: PHONE }, { vvip: true });
      await page({ custid }, { at: minutesAgo(1), name: "Invoice" });
    }
    let statements = 0;
    const request = await requestOn(house.db);
    const db = watched(house.db, () => {
      statements += 1;
    });

    const answer = await lookUpCaller({ ...request, db }, { identities: listOf({ phone: PHONE }) });

    expect(answer.advice.likelyReason).toBe("Invoice");
    expect(statements).toBe(expected);
  });
});

describe("where to send them", () => {
  test("a VVIP customer goes first, whatever else is so, and each piece names its rule", async () => {
    await state({ custid: "1", phone: PHONE }, { vvip: true, highRiskCustomer: true });

    const { advice } = await lookUp({ phone: PHONE });

    expect(advice).toMatchObject({ priority: 1, skill: "general" });
    expect(advice.reasons.map(({ rule }) => rule)).toEqual(["vvip-first", "everybody"]);
  });

  test("an open matter goes to the agent and the skill that had it, until it is settled", async () => {
    await state({ custid: "1", phone: PHONE });
    const open = { agentId: "a7", agentSkillId: "billing", callReason: "invoice" };
    await call({ custid: "1" }, { at: minutesAgo(600), isResolved: false, ...open });

    const before = await lookUp({ phone: PHONE });
    await call({ custid: "1" }, { at: minutesAgo(300), isResolved: true, callReason: "invoice" });
    const after = await lookUp({ phone: PHONE });

    expect(before.advice).toMatchObject({ agentId: "a7", skill: "billing", priority: 3, likelyReason: "invoice" });
    expect(after.advice).toMatchObject({ agentId: null, skill: "general" });
  });

  test("whom consent keeps out of timelines has no earlier calls and no open matter", async () => {
    await state({ custid: "1", phone: PHONE }, { serviceConsent: false });
    await saveConsentRule(house.db, "LOOKUP", null);
    for (const minutes of [900, 600, 300]) {
      await call({ custid: "1" }, { at: minutesAgo(minutes), isResolved: false, agentId: "a7", callReason: "invoice" });
    }
    const before = await lookUp({ phone: PHONE });
    await saveConsentRule(house.db, "TIMELINE", null);
    const after = await lookUp({ phone: PHONE });

    expect(rulesIn(before)).toEqual(["everybody"]);
    expect(rulesIn(after)).toEqual(["unresolved", "unresolved-reason", "everybody"]);
  });

  test("the page of seconds ago is the likely reason, and a link to it the offer where the customer is digital", async () => {
    await state({ custid: "1", phone: PHONE }, { isDigitalEligible: true });
    await page({ custid: "1" }, { at: minutesAgo(0.2), name: "Invoice", url: "https://a.se/billing/invoice?x=1" });

    const { advice } = await lookUp({ phone: PHONE });

    expect(advice.likelyReason).toBe("Invoice");
    expect(advice.deflection).toEqual({
      kind: "WEB_LINK",
      label: "Send a link to Invoice",
      url: "https://a.se/billing/invoice",
    });
    expect(advice.reasons.find(({ rule }) => rule === "looking-now")?.message).toMatch(
      /^Was looking at Invoice 1\d seconds ago/,
    );
  });

  test("what was told to the menu goes before what was looked at, and yesterday's page says nothing", async () => {
    await state({ custid: "1", phone: PHONE });
    await page({ custid: "1" }, { at: minutesAgo(1_440), name: "Invoice" });

    const told = await lookUp({ phone: PHONE }, { ivrIntent: "lost card" });
    const silent = await lookUp({ phone: PHONE });

    expect(told.advice.likelyReason).toBe("lost card");
    expect(silent.advice.likelyReason).toBeNull();
  });

  test("rules are data: what is set applies to the next call", async () => {
    await state({ custid: "1", phone: PHONE }, { customerSegmentId: "gold", region: "Skåne" });
    await leg({ custid: "1" }, { at: minutesAgo(30), isResolved: false });
    await replaceRoutingRules(house.db, [
      { name: "off", isEnabled: false, message: "Never.", matcher: {}, advice: { skill: "nowhere" } },
      {
        name: "gold",
        isEnabled: true,
        message: "Gold.",
        matcher: { segments: ["go*"] },
        advice: { skill: "gold desk" },
      },
      { name: "rest", isEnabled: true, message: "Rest.", matcher: {}, advice: { skill: "rest", priority: 7 } },
    ]);

    const { advice } = await lookUp({ phone: PHONE });

    expect(advice).toMatchObject({ skill: "gold desk", priority: 7 });
    expect(advice.reasons).toEqual([
      { rule: "gold", message: "Gold." },
      { rule: "rest", message: "Rest." },
    ]);
  });
});
