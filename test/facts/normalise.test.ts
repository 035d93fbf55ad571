import { createHash } from "node:crypto";
import { describe, expect, test } from "vitest";
import { contactKey, type Normalised, normalise, recordKey, strongestFirst } from "../../src/facts/normalise.ts";
import { DEFAULT_NAMESPACES } from "../../src/identity/namespaces.ts";

const rules = {
  namespaces: new Map(
    DEFAULT_NAMESPACES.flatMap((rule) => [rule.name, ...rule.aliases].map((name) => [name, rule] as const)),
  ),
  sources: new Map(),
  routing: [],
  defaultRegion: "SE",
};

const source = {
  name: "ivr",
  defaultRegion: null,
  timeZone: null,
  anchorIssuer: null,
  keepKinds: [],
  foreignPrefixes: [],
  ownNumbers: [],
  rank: 100,
  volatileFields: [],
  transactionIssuer: null,
  anchorDigits: null,
  aheadMinutes: 10,
  visitTimeoutMinutes: 30,
  originalDays: 0,
  joins: true,
  redacts: [],
};

function read(namespace: string, value: string, settings = {}): Normalised {
  return normalise({ namespace, value }, { ...source, ...settings }, rules);
}

function keyOf(answer: Normalised): string | null {
  return answer.ok ? `${answer.key.namespace} ${answer.key.value}` : null;
}

const digest = (text: string) => createHash("sha256").update(text).digest("hex");

describe("a phone number", () => {
  test.each([
    ["0701740605"],
    ["070-174 06 05"],
    ["+46 (0)70 174 06 05"],
    ["0046701740605"],
    ["46701740605"],
    ["tel:+46-70-174-06-05"],
    ["sip:+46701740605@pbx.example.com"],
    [" +46701740605;ext=12 "],
  ])("is one identity however it is written: %s", (value) => {
    expect(keyOf(read("mobilenr", value))).toBe("phone +46701740605");
  });

  test("without a country code is read in the region of its source", () => {
    expect(keyOf(read("phone", "07911 123456", { defaultRegion: "GB" }))).toBe("phone +447911123456");
  });

  test("that is possible but in no range identifies, with a note", () => {
    expect(read("phone", "+1 555 555 0100")).toMatchObject({ ok: true, note: expect.stringContaining("possible") });
    expect(read("phone", "+46701740605")).toMatchObject({ ok: true, note: null });
  });

  test.each([
    ["anonymous", "WITHHELD"],
    ["Restricted", "WITHHELD"],
    ["UNAVAILABLE", "WITHHELD"],
    ["unknown", "WITHHELD"],
    ["sip:anonymous@anonymous.invalid", "WITHHELD"],
    ["+266696687", "WITHHELD"],
    ["0000000000", "PLACEHOLDER"],
    ["-1", "PLACEHOLDER"],
    ["12", "IMPOSSIBLE_NUMBER"],
    ["+46123456789012345", "IMPOSSIBLE_NUMBER"],
    ["call me", "IMPOSSIBLE_NUMBER"],
    ["08-123 456 78", "OWN_NUMBER"],
  ])("%s is never an identity: %s", (value, reason) => {
    expect(read("phone", value, { ownNumbers: ["+46812345678"] })).toMatchObject({ ok: false, reason });
  });
});

describe("an e-mail address", () => {
  test("and the digest of it are one identity, and only the address can be shown", () => {
    const address = read("Email", "  Ann@Example.COM ");
    const hashed = read("email", digest("ann@example.com").toUpperCase());

    expect(keyOf(address)).toBe(`email ${digest("ann@example.com")}`);
    expect(keyOf(hashed)).toBe(keyOf(address));
    expect(address).toMatchObject({ display: "ann@example.com" });
    expect(hashed).not.toHaveProperty("display");
  });

  test.each([["none"], ["no mail"], ["ann"], [digest("")], [digest("null")]])("is not %s", (value) => {
    expect(read("email", value)).toMatchObject({ ok: false, reason: "PLACEHOLDER" });
  });
});

describe("an anchor", () => {
  test("takes the issuer of its source, unless the sender names one", () => {
    const settings = { anchorIssuer: "CRM-SE" };

    expect(keyOf(read("custid", " 4587 "))).toBe("custid 4587");
    expect(keyOf(read("CustId", "4587", settings))).toBe("custid@crm-se 4587");
    expect(keyOf(read("custid@CRM-NO", "4587", settings))).toBe("custid@crm-no 4587");
  });

  test("that is global takes none", () => {
    expect(keyOf(read("globalcustid", "g1", { anchorIssuer: "crm-se" }))).toBe("globalcustid g1");
  });

  test("alone may have one", () => {
    expect(keyOf(read("login", "ann", { anchorIssuer: "crm-se" }))).toBe("login ann");
    expect(read("login@crm-se", "ann")).toMatchObject({ ok: false, reason: "INVALID" });
  });
});

describe("no identity", () => {
  const placeholders = ["null", "NIL", "None", "undefined", "Unknown", "anonymous", "N/A", "na", "-", "0", "-1", "NaN"];
  const more = ["true", "FALSE", "test", "[object Object]", "0000-0000", "00000000-0000-0000-0000-000000000000", " "];
  test.each([...placeholders, ...more])("is made of %j", (value) => {
    for (const namespace of ["custid", "cookie", "contact", "email"]) {
      expect(read(namespace, value)).toMatchObject({ ok: false, reason: "PLACEHOLDER" });
    }
  });

  test("is longer than 1,024 characters, unpaired, or of an unknown namespace", () => {
    expect(read("cookie", "x".repeat(1_024))).toMatchObject({ ok: true });
    expect(read("cookie", "x".repeat(1_025))).toMatchObject({ ok: false, reason: "TOO_LONG" });
    expect(read("cookie", "a\u0000b")).toMatchObject({ ok: false, reason: "INVALID" });
    expect(read("cookie", "\ud800")).toMatchObject({ ok: false, reason: "INVALID" });
    expect(read("shoe-size", "44")).toMatchObject({ ok: false, reason: "UNKNOWN_NAMESPACE" });
    expect(read("record", "ivr/1")).toMatchObject({ ok: false, reason: "UNKNOWN_NAMESPACE" });
  });

  test("is repeated in a refusal", () => {
    for (const value of ["+46123456789012345", "Ann Andersson"]) {
      const answer = read("phone", value);
      expect(answer.ok || answer.message.includes(value)).toBe(false);
    }
  });
});

test("a contact is its source's own, unless its session spans systems", () => {
  expect(keyOf(read("contact", "s1"))).toBe("contact ivr/s1");
  expect(contactKey("ivr", "s1")).toEqual({ namespace: "contact", value: "ivr/s1" });
  expect(contactKey(null, "s1")).toEqual({ namespace: "contact", value: "s1" });
  expect(contactKey("ivr", "undefined")).toBeNull();
});

test("two records never share the identity that stands in for none", () => {
  expect(recordKey("a/b", "c")).not.toEqual(recordKey("a", "b/c"));
});

test("the subject is the strongest: by kind, then by namespace, then by value", () => {
  const identity = (kind: "ANCHOR" | "PERSONAL" | "CARRIER" | "RECORD", namespace: string, value: string) => ({
    kind,
    namespace,
    value,
  });
  const inOrder = [
    identity("ANCHOR", "globalcustid", "9"),
    identity("ANCHOR", "custid", "2"),
    identity("ANCHOR", "custid@crm", "1"),
    identity("PERSONAL", "login", "z"),
    identity("PERSONAL", "email", "a"),
    identity("CARRIER", "contact", "a"),
    identity("CARRIER", "phone", "+461"),
    identity("CARRIER", "phone", "+462"),
    identity("RECORD", "record", "a/1"),
  ];

  expect(inOrder.toReversed().sort((a, b) => strongestFirst(a, b, rules))).toEqual(inOrder);
});

test("no name stands for two namespaces", () => {
  const names = DEFAULT_NAMESPACES.flatMap(({ name, aliases }) => [name, ...aliases]);

  expect(new Set(names).size).toBe(names.length);
  expect(names).toEqual(names.map((name) => name.toLowerCase()));
});
