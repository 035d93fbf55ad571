import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { sql } from "../../src/db/sql.ts";
import type { CarriedIdentity } from "../../src/facts/fact.ts";
import { link, split } from "../../src/identity/decide.ts";
import type { IncomingRecord } from "../../src/ingest/receipt.ts";
import { type CallerQuestion, lookUpCaller } from "../../src/live/lookup.ts";
import { useDatabase } from "../kit/database.ts";
import { draws, holds } from "../kit/draws.ts";
import { useIngest } from "../kit/ingest.ts";
import { listOf, minutesAgo, requestOn, useRoutingRules } from "./telling.ts";

const house = useDatabase();
const ingest = useIngest(house);
useRoutingRules(house);

const PHONE = "+46701234567";
const EMAIL = "hus@example.com";
const NIGHT = minutesAgo(600);

/** A customer of the nightly export: all of them have its time. */
const customer = (name: string, identities: Record<string, string>, observedAt = NIGHT): IncomingRecord => ({
  kind: "customer",
  body: { source: "crm", sourceId: name, observedAt, displayName: name, identities: listOf(identities) },
});
const accept = (records: IncomingRecord[]) => ingest.accept(records, { entryPoint: "test" });
const lookUp = async (who: Record<string, string>, rest: Partial<CallerQuestion> = {}) =>
  lookUpCaller(await requestOn(house.db), { identities: listOf(who), ...rest });
const namesIn = ({ candidates }: Awaited<ReturnType<typeof lookUp>>) =>
  candidates.map(({ customer: { knownName } }) => knownName).sort();

describe("customers of one nightly export", () => {
  test.each([
    ["a phone", { phone: PHONE }],
    ["an e-mail address", { email: EMAIL }],
  ])("who share %s are all candidates, as likely as each other, in one batch or in several", async (_, shared) => {
    const household = ["Ann", "Bob", "Cat"].map((name, n) => customer(name, { custid: `k${n}`, ...shared }));
    await accept(household.slice(0, 2));
    await accept(household.slice(2));

    const answer = await lookUp(shared);

    expect(namesIn(answer)).toEqual(["Ann", "Bob", "Cat"]);
    expect(answer.candidatesTotal).toBe(3);
    expect(new Set(answer.candidates.map(({ confidence }) => confidence)).size).toBe(1);
    for (const { why } of answer.candidates) {
      expect(why).toMatch(/is shared by 3 customers, theirs or that of 2 others at the moment, seen with them once/);
    }
    expect(answer.advice.reasons.map(({ rule }) => rule)).toContain("several-callers");
  });

  test("who rang since is the likelier, and the others stay candidates", async () => {
    await accept(["Ann", "Bob", "Cat"].map((name, n) => customer(name, { custid: `k${n}`, phone: PHONE })));
    const call = {
      source: "cti",
      sourceId: "1",
      startedAt: minutesAgo(5),
      identities: listOf({ custid: "k1", phone: PHONE }),
    };
    await accept([{ kind: "call", body: call }]);

    const { candidates } = await lookUp({ phone: PHONE });

    expect(candidates.map(({ customer: { knownName } }) => knownName)[0]).toBe("Bob");
    expect(candidates).toHaveLength(3);
    expect(candidates[0]!.why).toContain("theirs at the moment");
  });

  test("more than five are counted, and can be asked for", async () => {
    await accept([...Array(9).keys()].map((n) => customer(`c${n}`, { custid: `k${n}`, phone: PHONE })));

    const usual = await lookUp({ phone: PHONE });
    const all = await lookUp({ phone: PHONE }, { first: 100 });

    expect([usual.candidates.length, usual.candidatesTotal]).toEqual([5, 9]);
    expect(all.candidates).toHaveLength(9);
    await expect(lookUp({ phone: PHONE }, { first: 0 })).rejects.toMatchObject({ code: "BAD_INPUT" });
    await expect(lookUp({ phone: PHONE }, { first: 101 })).rejects.toMatchObject({ code: "BAD_INPUT" });
  });

  test("a number that too many share is nobody's, and says so", async () => {
    await accept([...Array(22).keys()].map((n) => customer(`c${n}`, { custid: `k${n}`, phone: PHONE })));

    const { candidates } = await lookUp({ phone: PHONE });

    expect(candidates).toMatchObject([
      { customer: { isAnonymous: true }, why: "This phone is used by several customers and belongs to none of them." },
    ]);
  });

  test("one whom a person has kept from the number is none, and where it was given to somebody, only they are", async () => {
    await accept(["Ann", "Bob", "Cat"].map((name, n) => customer(name, { custid: `k${n}`, phone: PHONE })));
    const said = { by: { id: "test", name: "test" }, reason: "They said so.", rules: ingest.rules() };
    const [phone, ann] = await Promise.all([carried(PHONE), carried("k0")]);
    const { customerId } = (await house.db.orm.assignment.findFirst({ where: { subjectId: phone.id } }))!;
    const { displayName } = (await house.db.orm.customerRecord.findFirst({ where: { customerId } }))!;
    await split(house.db, { customerId, apart: [phone.id] }, said);

    const apart = await lookUp({ phone: PHONE });
    await link(house.db, [phone, ann], said);
    const given = await lookUp({ phone: PHONE });

    expect(namesIn(apart)).toEqual(["Ann", "Bob", "Cat"].filter((name) => name !== displayName));
    expect(namesIn(given)).toEqual(["Ann"]);
  });
});

test("a number that one customer has does not claim to be theirs alone", async () => {
  await accept([customer("Ann", { custid: "1", phone: PHONE })]);

  const { candidates } = await lookUp({ phone: PHONE });

  expect(candidates).toMatchObject([{ confidence: 0.9, why: "This phone was seen with no other customer." }]);
});

describe("a number that is theirs by a chain alone", () => {
  const OTHER = "+46701234568";
  const leg = (sourceId: string, who: Record<string, string>, tie: object): IncomingRecord => ({
    kind: "call",
    body: { source: "cti", sourceId, startedAt: minutesAgo(30), identities: listOf(who), ...tie },
  });
  const ann = customer("Ann", { custid: "1", phone: PHONE });

  test("of another caller in one session or contact is said to be so, and is half as sure", async () => {
    for (const tie of [{ sessionId: "S" }, { contactKey: "K" }, { universalSessionId: "U" }]) {
      await house.empty();
      await accept([ann, leg("1", { phone: PHONE }, tie), leg("2", { phone: OTHER }, tie)]);

      const [candidate] = (await lookUp({ phone: OTHER })).candidates;
      const own = (await lookUp({ phone: PHONE })).candidates;

      expect(candidate).toMatchObject({ confidence: 0.5, why: expect.stringContaining("only in one contact") });
      expect(own).toMatchObject([{ confidence: 0.9 }]);
    }
  });

  test("is theirs as before when an agent names them in that contact, or a verdict does", async () => {
    await accept([leg("1", { phone: OTHER }, { contactKey: "K" })]);
    await accept([leg("2", { custid: "1" }, { contactKey: "K" })]);
    expect((await lookUp({ phone: OTHER })).candidates).toMatchObject([{ confidence: 0.9 }]);

    await house.empty();
    await accept([ann, leg("1", { phone: PHONE }, { sessionId: "S" }), leg("2", { phone: OTHER }, { sessionId: "S" })]);
    const said = { by: { id: "test", name: "test" }, reason: "They said so.", rules: ingest.rules() };
    await link(house.db, [await carried(OTHER), await carried("1")], said);
    expect((await lookUp({ phone: OTHER })).candidates).toMatchObject([{ confidence: 0.9 }]);
  });
});

test("customer records that share nothing but a phone stay apart, with the phone shared", async () => {
  const register = [...Array(40).keys()].map((n) => customer(`r${n}`, { phone: `+4670123450${n >> 2}`.slice(0, 12) }));
  await accept(register.slice(0, 13));
  await accept(register.slice(13));

  const people = await house.db.orm.customerRecord.findMany({ select: { customerId: true } });

  expect(new Set(people.map(({ customerId }) => customerId)).size).toBe(40);
  expect(namesIn(await lookUp({ phone: "+46701234500" }))).toEqual(["r0", "r1", "r2", "r3"]);
});

test("in a history of one instant everybody whom a shared value was seen with is a candidate, whatever the order", async () => {
  const histories = fc.record({
    records: fc.uniqueArray(fc.record({ custid: fc.nat(5), phone: fc.nat(2), kind: fc.boolean() }), {
      minLength: 1,
      maxLength: 12,
      selector: ({ custid, phone, kind }) => `${custid} ${phone} ${kind}`,
    }),
    cuts: fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 1, maxLength: 5 }),
  });
  await holds(
    fc.asyncProperty(histories, async ({ records, cuts }) => {
      await house.db.run(sql`
        truncate identities, sightings, assignments, conflicts, customer_records, interactions, ingest_keys, revisions, batches
      `);
      const rest = records.map(recordOf);
      for (let i = 0; rest.length > 0; i += 1) await accept(rest.splice(0, cuts[i % cuts.length]));
      for (const phone of [0, 1, 2]) {
        const users = new Set(records.filter((one) => one.phone === phone).map(({ custid }) => `k${custid}`));
        const { candidates, candidatesTotal } = await lookUp({ phone: `+4670123450${phone}` }, { first: 100 });
        const found = await Promise.all(candidates.map(({ customer: { id } }) => custIdOf(id)));
        expect(found.sort()).toEqual([...users].sort());
        expect(candidatesTotal).toBe(users.size);
        const confidences = new Set(candidates.map(({ confidence }) => confidence));
        if (records.every(({ kind }) => !kind)) expect(confidences.size).toBeLessThanOrEqual(1);
      }
    }),
    draws(10, 20_000),
  );
});

interface Told {
  custid: number;
  phone: number;
  kind: boolean;
}

function recordOf({ custid, phone, kind }: Told): IncomingRecord {
  const identities = listOf({ custid: `k${custid}`, phone: `+4670123450${phone}` });
  const key = { source: "crm", sourceId: `${custid}/${phone}`, identities };
  return kind
    ? { kind: "call", body: { ...key, startedAt: NIGHT } }
    : { kind: "customer", body: { ...key, observedAt: NIGHT } };
}

async function custIdOf(customerId: string): Promise<string | undefined> {
  const [identity] = await house.db.orm.identity.findMany({ where: { customerId, namespace: "custid" } });
  return identity?.value;
}

async function carried(value: string): Promise<CarriedIdentity> {
  return house.db.orm.identity.findFirstOrThrow({ where: { value } });
}
