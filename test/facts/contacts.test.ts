import { describe, expect, test } from "vitest";
import type { Standing } from "../../src/facts/contact-search.ts";
import { keysOf, MOST_OF_CONTACT, type Ties } from "../../src/facts/contacts.ts";
import { rowKey, tie } from "./contact-table.ts";

const nothing = { universalSessionId: null, sessionId: null, contactKey: null, callId: null, callBackSessionId: null };
const leg = (sourceId: string, more: Partial<Ties> = {}): Ties => ({
  ...nothing,
  source: "acd",
  sourceId,
  channelType: "VOICE",
  ...more,
});

/** The legs that are of one contact, each group by its source ids. */
function groupsOf(legs: readonly Ties[]): string[] {
  const rows = legs.map((one) => ({
    subjectId: "",
    id: `${one.source}/${one.sourceId}`,
    source: one.source,
    keys: keysOf(one),
    callId: one.callId ?? null,
    isCall: one.channelType === "VOICE",
    contactId: null,
    sharesCall: false,
    isCrowded: false,
  }));
  const table = new Map(rows.map((one): [string, Standing] => [rowKey(one), one]));
  tie(table, { rows, keys: [], ids: [] });
  const groups = new Map<string, string[]>();
  for (const { id, contactId } of table.values()) {
    const contact = contactId ?? id;
    groups.set(contact, [...(groups.get(contact) ?? []), id.split("/")[1]!].sort());
  }
  return [...groups.values()].map((group) => group.join(" ")).sort();
}

describe("keys", () => {
  test.each<[string, Ties[], string[]]>([
    ["a sender's key", [leg("a", { contactKey: "k" }), leg("b", { contactKey: "k" })], ["a b"]],
    ["a session that stands in for it", [leg("a", { contactKey: "k" }), leg("b", { sessionId: "k" })], ["a b"]],
    [
      "a key of one source says nothing of another's",
      [leg("a", { contactKey: "k" }), leg("b", { source: "ivr", contactKey: "k" })],
      ["a", "b"],
    ],
    [
      "a universal session spans sources",
      [leg("a", { universalSessionId: "u" }), leg("b", { source: "ivr", universalSessionId: "u" })],
      ["a b"],
    ],
    [
      "by way of a third",
      [
        leg("a", { contactKey: "k" }),
        leg("b", { contactKey: "k", universalSessionId: "u" }),
        leg("c", { universalSessionId: "u" }),
      ],
      ["a b c"],
    ],
    [
      "the session of a web visit ties no legs",
      [leg("a", { channelType: "WEB", sessionId: "s" }), leg("b", { sessionId: "s" })],
      ["a", "b"],
    ],
    [
      "placeholders are no keys",
      [
        leg("a", { contactKey: "null" }),
        leg("b", { contactKey: "null" }),
        leg("c", { universalSessionId: "0" }),
        leg("d", { universalSessionId: "0" }),
      ],
      ["a", "b", "c", "d"],
    ],
    [
      "a call back names the session",
      [
        leg("a", { sessionId: "s", universalSessionId: "u", outcome: "CALLBACK_REQUESTED" }),
        leg("b", { callBackSessionId: "s" }),
      ],
      ["a b"],
    ],
    [
      "a call back names the journey",
      [leg("a", { universalSessionId: "u" }), leg("b", { callBackSessionId: "u" })],
      ["a b"],
    ],
    [
      "a call back names the record",
      [leg("a", { outcome: "CALLBACK_REQUESTED" }), leg("b", { callBackSessionId: "a" })],
      ["a b"],
    ],
    ["another system's account", [leg("a"), leg("t", { source: "crm", callId: "a" })], ["a t"]],
    [
      "an account by the contact's key",
      [leg("a", { contactKey: "k" }), leg("t", { source: "crm", callId: "k" })],
      ["a t"],
    ],
    ["two systems whose calls have one id are not one call", [leg("1"), leg("1", { source: "pbx" })], ["1", "1"]],
    [
      "an account of an id that two systems use is of neither",
      [leg("1"), leg("1", { source: "pbx" }), leg("t", { source: "crm", callId: "1" })],
      ["1", "1", "t"],
    ],
    [
      "two accounts of a call that nobody carried",
      [leg("t", { source: "crm", callId: "a" }), leg("v", { source: "survey", callId: "a" })],
      ["t v"],
    ],
    [
      "a chat is no call that an account may mean",
      [leg("a", { channelType: "CHAT" }), leg("t", { source: "crm", callId: "a" })],
      ["a", "t"],
    ],
  ])("%s", (_, legs, groups) => {
    expect(groupsOf(legs)).toEqual(groups);
    expect(groupsOf(legs.toReversed())).toEqual(groups);
  });
});

test("a key on more rows than a contact has ties nothing", () => {
  const legs = Array.from({ length: MOST_OF_CONTACT }, (_, i) => leg(`n${i}`, { contactKey: "shift" }));

  expect(groupsOf(legs)).toHaveLength(1);
  expect(groupsOf([...legs, leg("one more", { contactKey: "shift" })])).toHaveLength(MOST_OF_CONTACT + 1);
});

test("calls that name each other are one contact up to as many as a contact has, and none beyond", () => {
  const legs = Array.from({ length: MOST_OF_CONTACT + 1 }, (_, i) =>
    leg(`n${i}`, { contactKey: `k${i}`, callBackSessionId: `k${i + 1}` }),
  );

  expect(groupsOf(legs.slice(1))).toHaveLength(1);
  expect(groupsOf(legs)).toHaveLength(MOST_OF_CONTACT + 1);
});
