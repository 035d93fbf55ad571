import { MAX_IDENTITIES } from "../../src/facts/record.ts";

// Bodies that every entry point can be sent, good and bad. What GraphQL's own types refuse before a record is seen is not
// among them: an unknown field or word, and text where a whole number belongs.

export const KINDS = ["interaction", "call", "touchpoint", "customer"] as const;
export type Kind = (typeof KINDS)[number];
export type Body = Record<string, unknown> & { source: string; sourceId: string };

export interface Case {
  name: string;
  body: Body;
  /** Null where it is taken in. */
  reason: string | null;
}

/** The source of all of them; its settings name its zone. */
export const SOURCE = "corpus";
export const ZONE = "Europe/Stockholm";

const NAMES = {
  interaction: { time: "sessionStartTime", end: "interactionEndTime", money: "cost", text: "intent", json: "metadata" },
  call: { time: "startedAt", end: "endedAt", money: "cost", text: "callReason", json: "metadata" },
  touchpoint: { time: "occurredAt", end: "endedAt", money: "value", text: "name", json: null },
  customer: { time: "observedAt", end: null, money: "grossAnnualIncome", text: "occupation", json: "extra" },
} as const;

const REQUIRED = {
  interaction: { channelType: "CHAT" },
  call: {},
  touchpoint: { kind: "PAGE_VIEW", channel: "WEB" },
  customer: {},
} as const;

const GOOD_TIMES = [
  "2026-11-20T09:30:00Z",
  "2026-11-20T09:30Z",
  "2026-11-20T10:30:00+0100",
  "2026-11-20t09:30:00.123456z",
  "2026-11-20 09:30:00-00:30",
  " 2026-11-20T09:30:00Z ",
  "2026-11-20 09:30",
  "2026-07-20T09:30:00.5",
  1_763_631_000,
  1_763_631_000.25,
  1_763_631_000_000,
];
const BAD_TIMES = [
  "2300-01-01T00:00:00Z",
  "1970-12-31T23:59:59Z",
  "2026-02-30T09:30:00Z",
  "2026-11-20T25:00:00Z",
  "2026-11-20T09:30:00+25:00",
  "20/11/2026 09:30",
  "tomorrow",
  true,
  12,
  202603021000,
  { at: "2026-11-20T09:30:00Z" },
  ["2026-11-20T09:30:00Z"],
];
const GOOD_AMOUNTS = ["12.50", " 12.5 ", "-3", "123456789012345.123456", 12.5, 0, 1e3, "2.4019999999999997"];
const BAD_AMOUNTS = ["12,50", "1 000", "", "twelve", "1e3", 1e21, true, { value: 12 }, [12]];
/** Read from JSON, as senders' are: written here, the first would be no name but a prototype. */
const NAMED_PROTO = ['{"__proto__": 1}', '{"a": [{"__proto__": {"b": 1}}]}'].map((text): unknown => JSON.parse(text));
const ODD_NAMES = { constructor: { prototype: "1" }, prototype: [], toString: null, hasOwnProperty: 1, "": "" };
const BAD_OBJECTS = [...NAMED_PROTO, "text", 12, true, [1], { nul: "a\u0000" }, { half: "\ud800" }, { "\udc00": 1 }];

/** The bodies of a kind, each with a key of its own. */
export function casesOf(kind: Kind): Case[] {
  return [...timesOf(kind), ...valuesOf(kind), ...identitiesOf(kind), ...rulesOf(kind)].map(
    ([name, fields, reason], position) => ({
      name: `${position} ${name}`,
      body: { ...validBody(kind), sourceId: `${kind}-${position}`, ...fields },
      reason,
    }),
  );
}

type Draft = [name: string, fields: Record<string, unknown>, reason: string | null];

function validBody(kind: Kind): Record<string, unknown> & { source: string } {
  const identities = [{ namespace: "custid", value: "1001" }];
  return { source: SOURCE, [NAMES[kind].time]: "2026-11-20T09:00:00Z", identities, ...REQUIRED[kind] };
}

function timesOf(kind: Kind): Draft[] {
  const { time } = NAMES[kind];
  const draft = (value: unknown, reason: string | null): Draft => [
    `time ${JSON.stringify(value)}`,
    { [time]: value },
    reason,
  ];
  const revisions: Draft[] =
    kind === "customer"
      ? []
      : [
          ["a revision as Unix time", { revision: 1_763_631_000 }, null],
          ["no revision", { revision: "yesterday" }, "BAD_TIME"],
        ];
  return [
    ...GOOD_TIMES.map((value) => draft(value, null)),
    ...BAD_TIMES.map((value) => draft(value, "BAD_TIME")),
    ...revisions,
  ];
}

function valuesOf(kind: Kind): Draft[] {
  const { money, text, json } = NAMES[kind];
  const amount = (value: unknown, reason: string | null): Draft => [
    `amount ${JSON.stringify(value)}`,
    { [money]: { amount: value, currency: "SEK" } },
    reason,
  ];
  const objects =
    json === null
      ? []
      : BAD_OBJECTS.map((value): Draft => [`object ${JSON.stringify(value)}`, { [json]: value }, "BAD_FIELD"]);
  return [
    ...GOOD_AMOUNTS.map((value) => amount(value, null)),
    ...BAD_AMOUNTS.map((value) => amount(value, "BAD_FIELD")),
    ...objects,
    ["a currency that is none", { [money]: { amount: "1", currency: "euro" } }, "BAD_FIELD"],
    ["a currency that no country has", { [money]: { amount: "1", currency: "XYZ" } }, "BAD_FIELD"],
    ["a currency in small letters", { [money]: { amount: "1", currency: "eur" } }, "BAD_FIELD"],
    ["a text with spaces round it", { [text]: "  mortgage " }, null],
    ["an empty text", { [text]: "" }, "BAD_FIELD"],
    ["a long text", { [text]: "x".repeat(1_025) }, "BAD_FIELD"],
    ["a NUL", { [text]: "a\u0000b" }, "BAD_FIELD"],
    ["half a character", { [text]: "a\ud800b" }, "BAD_FIELD"],
    ...(json === null ? [] : ([["names that objects have", { [json]: ODD_NAMES }, null]] satisfies Draft[])),
    ...(json === null ? [] : ([["any object", { [json]: { a: { b: [1, null, "ä"] } } }, null]] satisfies Draft[])),
    ...(json === null ? [] : ([["too deep an object", { [json]: nested(70) }, "TOO_DEEP"]] satisfies Draft[])),
  ];
}

function identitiesOf(kind: Kind): Draft[] {
  const many = Array.from({ length: MAX_IDENTITIES + 1 }, (_, n) => ({ namespace: "cookie", value: `c${n}` }));
  const drafts: Draft[] = [
    ["an unknown namespace", { identities: [{ namespace: "shoe", value: "42" }] }, "UNKNOWN_NAMESPACE"],
    ["a long identity", { identities: [{ namespace: "custid", value: "1".repeat(1_025) }] }, "TOO_LONG"],
    ["too many identities", { identities: many }, "BAD_FIELD"],
  ];
  if (kind !== "customer") return drafts;
  return [
    ...drafts,
    ["nobody", { identities: [] }, "BAD_FIELD"],
    [
      "an unknown namespace withdrawn",
      { withdrawIdentities: [{ namespace: "shoe", value: "42" }] },
      "UNKNOWN_NAMESPACE",
    ],
    ["too many withdrawn", { withdrawIdentities: many }, "BAD_FIELD"],
    ["named and withdrawn", { withdrawIdentities: [{ namespace: "custid", value: " 1001" }] }, "BAD_FIELD"],
    ["a placeholder withdrawn", { withdrawIdentities: [{ namespace: "email", value: "n/a" }] }, null],
  ];
}

function rulesOf(kind: Kind): Draft[] {
  const { end } = NAMES[kind];
  const early: Draft[] =
    end === null ? [] : [["an end before the start", { [end]: "2026-11-20T08:59:59Z" }, "ENDS_BEFORE_START"]];
  switch (kind) {
    case "call":
      return [
        ...early,
        ["a number with its country code", { dialledNumber: "+46 8 123 456 78" }, null],
        ["a number of the source's region", { dialledNumber: "08-123 456 78" }, null],
        ["a number in letters", { dialledNumber: "switchboard" }, null],
        ["a long number", { dialledNumber: "1".repeat(65) }, "BAD_FIELD"],
        ["a negative length", { durationSeconds: -1 }, "NEGATIVE_LENGTH"],
        ["a length of two years", { durationSeconds: 63_072_000 }, "BAD_FIELD"],
      ];
    case "interaction":
      return [
        ...early,
        ["a negative wait", { queueSeconds: -1 }, "NEGATIVE_LENGTH"],
        ["a score below nothing", { csatScore: -1 }, "BAD_FIELD"],
        ["a score above its scale", { csatScore: 9, csatScaleMax: 5 }, null],
      ];
    case "touchpoint":
      return [...early, ["a negative sequence", { sequence: -1 }, "BAD_FIELD"]];
    case "customer":
      return [
        ["an age of 151", { age: 151 }, "BAD_FIELD"],
        ["a null that clears", { occupation: null }, null],
        ["a signal without a reason", { signals: [{ code: "churn", reason: "" }] }, "BAD_FIELD"],
      ];
  }
}

function nested(levels: number): unknown {
  return levels === 0 ? {} : { in: nested(levels - 1) };
}
