import { describe, expect, test } from "vitest";
import { readMapping } from "../../src/connectors/mapping/read.ts";

describe("a bad mapping says which key to change", () => {
  const good = "source: x\nformat: csv\nrecords: [{ kind: call, sourceId: id, fields: { startedAt: FIELD } }]";

  test.each([
    ["no YAML", "records: [", /test cannot be used/],
    ["a missing key", "format: csv\nrecords: []", /source: is missing/],
    ["an unknown key", `${good}\nsoruce: y`, /there is no key soruce/],
    ["an unknown format", good.replace("csv", "xls"), /format: is one of csv, tsv, ndjson, apache/],
    [
      "an unknown field",
      good.replace("startedAt", "startAt"),
      /records\[0\]\.fields\.startAt: a call has no such field; it has .*startedAt/,
    ],
    [
      "identities withdrawn of a call",
      good.replace("sourceId: id", "sourceId: id, withdrawIdentities: [{ namespace: phone, column: old }]"),
      /withdrawIdentities: belongs to records of customers/,
    ],
    [
      "an unknown zone",
      good.replace("FIELD", "{ column: a, zone: Stockholm }"),
      /records\[0\]\.fields\.startedAt\.zone: is no IANA/,
    ],
    [
      "two origins",
      good.replace("FIELD", "{ column: a, constant: b }"),
      /fields\.startedAt: needs exactly one of .*; it has column and constant/,
    ],
    [
      "a broken pattern",
      good.replace("FIELD", "{ column: a, match: '(' }"),
      /fields\.startedAt\.match: Invalid regular/,
    ],
    [
      "a name that is no value",
      good.replace("FIELD", "{ column: a, rollsOver: start }"),
      /startedAt\.rollsOver: "start" is not among values/,
    ],
    [
      "a region that is none",
      `${good}\nsettings: { defaultRegion: Sweden }`,
      /settings\.defaultRegion: is no ISO 3166/,
    ],
    [
      "digits of nobody's numbers",
      `${good}\nsettings: { anchorDigits: 8 }`,
      /settings\.anchorDigits: are those of .* say anchorIssuer too/,
    ],
  ])("%s", (_, text, expected) => {
    expect(() => readMapping(text, "test")).toThrow(expected);
  });
});
