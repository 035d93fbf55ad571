import { describe, expect, test } from "vitest";
import { type FileRow, openMapping } from "../../src/connectors/mapping/adapt.ts";
import { readMapping } from "../../src/connectors/mapping/read.ts";
import { adapt, field } from "./mapping-rows.ts";

describe("values", () => {
  test.each([
    ["a column", "team", "reason", { reason: "Billing" }, "Billing"],
    ["a constant", "team", "{ constant: A }", {}, "A"],
    ["a template", "team", "'{a}-{b}'", { a: "1", b: "2" }, "1-2"],
    ["a template with an empty column is nothing", "team", "'{a}-{b}'", { a: "1", b: "" }, undefined],
    ["the first that is there", "team", "{ firstOf: [a, b] }", { a: " ", b: "2" }, "2"],
    ["a nested member of a JSON row", "team", "agent.team", { agent: { team: "B" } }, "B"],
    ["the first group of a pattern", "team", "{ column: a, match: '^C0*(\\d+)' }", { a: "C0042" }, "42"],
    ["nothing where a pattern does not match", "team", "{ column: a, match: '^\\d+$' }", { a: "6.02E+11" }, undefined],
    [
      "nothing for a word that means nothing",
      "agentId",
      "{ column: a, skip: [NO_SERVER] }",
      { a: "no_server" },
      undefined,
    ],
    ["a parameter of a URL", "campaign", "{ column: a, query: utm_campaign }", { a: "/x?utm_campaign=may#y" }, "may"],
    ["a translation", "outcome", "{ column: a, lookup: { AGENT: HANDLED } }", { a: "AGENT" }, "HANDLED"],
    ["a word without a translation stays", "team", "{ column: a, lookup: { x: y } }", { a: "z" }, "z"],
    ["or becomes what it should", "team", "{ column: a, lookup: { x: y }, otherwise: null }", { a: "z" }, undefined],
    [
      "only where a condition holds",
      "team",
      "{ constant: A, when: [{ column: a, equals: b }] }",
      { a: "c" },
      undefined,
    ],
    ["a boolean", "isResolved", "a", { a: "Yes" }, true],
    ["no boolean", "isResolved", "a", { a: "perhaps" }, "BAD_VALUE"],
    ["seconds", "holdSeconds", "a", { a: "362" }, 362],
    ["hh:mm:ss", "holdSeconds", "a", { a: "01:00:02" }, 3602],
    ["mm:ss", "holdSeconds", "a", { a: "6:02" }, 362],
    ["a number with thousands", "csatScore", "a", { a: "1,234.5" }, 1234.5],
    ["a number with a decimal comma", "csatScore", "{ column: a, decimal: ',' }", { a: "1.234,5" }, 1234.5],
    ["no number", "csatScore", "a", { a: "many" }, "BAD_VALUE"],
    ["money", "cost", "{ column: a, currency: SEK }", { a: "12.50" }, { amount: "12.50", currency: "SEK" }],
    [
      "money in the currency of its column",
      "cost",
      "{ column: a, currencyColumn: b }",
      { a: "0.1", b: "eur" },
      { amount: "0.1", currency: "EUR" },
    ],
    ["money without a currency", "cost", "a", { a: "12" }, "BAD_VALUE"],
  ] as const)("%s", (_, name, rule, row, expected) => {
    expect(field(name, rule, { row })).toEqual(expected);
  });

  test("words that mean nothing anywhere are empty everywhere", () => {
    expect(field("team", "a", { row: { a: "null" }, top: "nothing: ['NULL']" })).toBeUndefined();
  });
});

describe("dates", () => {
  const local = { top: "settings: { timeZone: Europe/Stockholm }" };
  const at = (rule: string, row: FileRow, top = local.top) => {
    const value = field("startedAt", rule, { row, top });
    return value instanceof Date ? value.toISOString() : value;
  };

  test.each([
    ["an offset of its own", "a", "2026-07-01T10:00:00+05:30", "2026-07-01T04:30:00.000Z"],
    ["the source's zone in summer", "a", "2026-07-01 10:00:00", "2026-07-01T08:00:00.000Z"],
    ["the source's zone in winter", "a", "2026-01-01T10:00:00", "2026-01-01T09:00:00.000Z"],
    ["an hour that the clocks skip", "a", "2026-03-29 02:30:00", "2026-03-29T01:30:00.000Z"],
    ["Unix seconds", "a", "1763631000", "2025-11-20T09:30:00.000Z"],
    ["Unix milliseconds", "a", "1763631000123", "2025-11-20T09:30:00.123Z"],
    ["a date without dashes, as stated", "{ column: a, format: iso }", "20260701", "2026-06-30T22:00:00.000Z"],
    ["day first", "{ column: a, format: dd-MM-yyyy }", "05-03-2012", "2012-03-04T23:00:00.000Z"],
    [
      "a zone of its own",
      "{ column: a, format: d/M/yyyy H:mm, zone: UTC }",
      "5/3/2012 9:05",
      "2012-03-05T09:05:00.000Z",
    ],
    [
      "the second of two formats",
      "{ column: a, format: [dd-MM-yyyy, M/d/yyyy] }",
      "3/5/2012",
      "2012-03-04T23:00:00.000Z",
    ],
    [
      "Apache's",
      "{ column: a, format: dd/MMM/yyyy:HH:mm:ss ZZZ }",
      "17/May/2015:10:05:03 +0000",
      "2015-05-17T10:05:03.000Z",
    ],
    ["a day that does not exist", "{ column: a, format: dd-MM-yyyy }", "31-02-2012", "BAD_VALUE"],
  ])("%s", (_, rule, a, expected) => {
    expect(at(rule, { a })).toBe(expected);
  });

  test("the file's own time stands in where a row has none", () => {
    expect(at("{ firstOf: [a, { file: modifiedAt }] }", { a: "" })).toBe("2026-11-20T06:00:00.000Z");
  });

  const night = `${local.top}
values: { start: { template: "{day} {from}", as: date, format: yyMMdd H:mm:ss } }`;
  const end = '{ template: "{day} {to}", format: yyMMdd H:mm:ss, rollsOver: start }';

  test.each([
    ["an end past midnight is of the next day", "23:59:33", "0:03:40", "1999-01-05T23:03:40.000Z"],
    ["an end of the same evening stays", "23:50:00", "23:59:59", "1999-01-05T22:59:59.000Z"],
    ["a clock that runs a second behind does not add a day", "14:28:04", "14:28:03", "1999-01-05T13:28:03.000Z"],
    ["nor does one across midnight take one away", "0:00:01", "23:59:59", "1999-01-04T22:59:59.000Z"],
  ])("%s", (_, from, to, expected) => {
    expect(at(end, { day: "990105", from, to }, night)).toBe(expected);
  });

  test("a time before the one it must follow is left out", () => {
    const rule = '{ template: "{day} {to}", format: yyMMdd H:mm:ss, rollsOver: start, notBefore: start }';

    expect(at(rule, { day: "990105", from: "14:51:15", to: "14:50:33" }, night)).toBeUndefined();
  });
});

describe("records", () => {
  test("a row becomes several legs, each with its own conditions, identities and kept columns", () => {
    const mapping = readMapping(
      `
source: pbx
format: csv
where: [{ column: kind, in: [prompt, call] }]
values: { key: "{line}/{id}" }
records:
  - kind: interaction
    sourceId: "{key}/ivr"
    fields: { channelType: { constant: IVR }, intent: menu }
    keep: ["*"]
  - kind: call
    where: [{ column: agent, present: true }]
    sourceId: key
    fields: { agentId: agent }
    identities: [{ namespace: phone, column: ani, skip: [anonymous] }, { namespace: custid, column: client }]
    keep: [menu, ani]
`,
      "test",
    );
    const { adapt: legsOf } = openMapping(mapping, { modifiedAt: null });

    const row = { kind: "call", line: "A1", id: "7", menu: "billing", agent: "mia", ani: "Anonymous", client: "42" };

    expect(legsOf(row)).toEqual([
      {
        kind: "interaction",
        body: {
          source: "pbx",
          sourceId: "A1/7/ivr",
          channelType: "IVR",
          intent: "billing",
          identities: [],
          metadata: { kind: "call", agent: "mia", ani: "Anonymous", client: "42" },
        },
      },
      {
        kind: "call",
        body: {
          source: "pbx",
          sourceId: "A1/7",
          agentId: "mia",
          identities: [{ namespace: "custid", value: "42" }],
          metadata: { menu: "billing", ani: "Anonymous" },
        },
      },
    ]);
    expect(legsOf({ ...row, agent: "" })).toHaveLength(1);
    expect(legsOf({ ...row, kind: "heartbeat" })).toEqual([]);
  });

  test("a bad cell rejects its own leg, keeps the row and says which column, not what is in it", () => {
    const row = { id: "1", when: "+46701234567" };

    const [record] = adapt(row, { fields: "startedAt: when" });

    expect(record?.body).toEqual({ source: "pbx", sourceId: "1", row });
    expect(record?.rejected).toEqual({
      reason: "BAD_VALUE",
      stage: "adapt",
      message: expect.stringMatching(/^Column "when" does not hold a whole time.*name its format in the mapping/),
    });
  });

  test("a row without an id is rejected, and the same row always hashes to the same one", () => {
    const hashed = (row: FileRow) => adapt(row, { record: "" })[0]?.rejected?.reason;
    const mapping = readMapping(
      "source: x\nformat: csv\nrecords: [{ kind: call, sourceId: { hash: [a, b] }, fields: {} }]",
      "t",
    );
    const idOf = (row: FileRow) => openMapping(mapping, { modifiedAt: null }).adapt(row)[0]?.body.sourceId;

    expect(hashed({ id: "" })).toBe("MISSING_ID");
    expect(idOf({ a: "1", b: "2", c: "x" })).toBe(idOf({ b: "2", a: "1", c: "y" }));
    expect(idOf({ a: "1", b: "2" })).not.toBe(idOf({ a: "12", b: "" }));
  });

  test("of a customer, an empty cell says nothing, and a column may name what is not theirs any more", () => {
    const { adapt: statedIn } = openMapping(
      readMapping(
        `source: crm\nformat: csv\nrecords: [{ kind: customer, sourceId: id, fields: { observedAt: at },
          identities: [{ namespace: email, column: mail }], withdrawIdentities: [{ namespace: phone, column: old }] }]`,
        "t",
      ),
      { modifiedAt: null },
    );
    const row = { id: "1", at: "2026-11-20T09:00:00Z" };

    const [silent] = statedIn({ ...row, mail: "", old: "" });
    const [saying] = statedIn({ ...row, mail: "a@b.se", old: "+46701234567" });

    expect(JSON.parse(JSON.stringify(silent!.body))).not.toHaveProperty("identities");
    expect(silent!.body.withdrawIdentities).toBeUndefined();
    expect(saying!.body).toMatchObject({
      identities: [{ namespace: "email", value: "a@b.se" }],
      withdrawIdentities: [{ namespace: "phone", value: "+46701234567" }],
    });
  });

  test("a column called like a method of objects is only a column", () => {
    expect(field("team", "constructor")).toBeUndefined();
    expect(field("team", "{ column: a, lookup: { x: y } }", { row: { a: "toString" } })).toBe("toString");
  });
});
