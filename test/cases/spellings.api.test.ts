import { expect, test } from "vitest";
import { settingsOf } from "../../src/facts/rules.ts";
import { saveSource } from "../../src/identity/rules.repository.ts";
import { useApp } from "../app/use-app.ts";

const house = useApp({ settings: { C360_DEFAULT_REGION: "GB" } });

interface Receipt {
  status: string;
  customerId: string | null;
  message: string | null;
}

/** Calls that carried these identities, one each. */
async function log(namespace: string, values: readonly string[]): Promise<Receipt[]> {
  const records = values.map((value, position) => ({
    ...{ source: "pbx", sourceId: `${namespace}-${position}`, startedAt: "2026-03-02T10:00:00Z" },
    identities: [{ namespace, value }],
  }));
  const reply = await house.post("/v1/calls", { records });
  return ((await reply.json()) as { receipts: Receipt[] }).receipts;
}

const customersIn = (receipts: readonly Receipt[]) => receipts.map(({ customerId }) => customerId);

test("case 14: a Brazilian mobile is one with its ninth digit and without, and a landline is another", async () => {
  const [now, before, landline] = await log("phone", ["+55 21 97777 2222", "+55 21 7777 2222", "+55 21 3777 2222"]);

  expect(before!.customerId).toBe(now!.customerId);
  expect(landline!.customerId).not.toBe(now!.customerId);
});

test("case 15: a From header names its caller, and an anonymous one nobody", async () => {
  const receipts = await log("phone", [
    "<sip:+447700900123@192.0.2.7:5060;transport=tcp>;tag=9f",
    '"Dora" <sip:+447700900123@sbc.example.org:5061;user=phone>;tag=7',
    "tel:+442071838750;phone-context=+44",
    "+442071838750",
    '"Anonymous" <sip:anonymous@anonymous.invalid>;tag=3',
  ]);

  const [one, two, three, four, five] = customersIn(receipts);
  expect([two, four]).toEqual([one, three]);
  expect(new Set([one, three, five]).size).toBe(3);
});

test("case 28: an e-mail address is one however a system hands it over, and two in one value are refused", async () => {
  const one = [
    "Eva@Ex.org",
    "mailto:eva@ex.org",
    "<eva@ex.org>",
    "Eva Holm <eva@ex.org>",
    "'eva@ex.org'",
    "eva@ex.org;",
  ];

  const receipts = await log("email", [...one, "eva@ex.org, ola@ex.org"]);

  expect(new Set(customersIn(receipts.slice(0, -1))).size).toBe(1);
  expect(receipts.at(-1)).toMatchObject({
    status: "REJECTED",
    message: expect.stringContaining("an identity of its own"),
  });
});

test("our own line is nobody, however it and the caller are written", async () => {
  const { database, rules, refreshRules } = house.app.core;
  const ownNumbers = ["020 7183 8750", "sip:+442071838751@sbc.example.org"];
  await saveSource(database, { ...settingsOf(rules(), "pbx"), ownNumbers });
  await refreshRules();

  const receipts = await log("phone", [
    "+442071838750",
    '"Desk" <sip:+442071838750@sbc.example.org:5060>;tag=1',
    "tel:02071838751;phone-context=+44",
    "0044 20 7183 8751",
    "+442071838752",
  ]);

  const { data } = await house.ask('{ customer(identity: { namespace: "phone", value: "+442071838750" }) { id } }');
  expect(data.customer).toBeNull();
  expect(new Set(customersIn(receipts)).size).toBe(5);
});
