import { describe, expect, test } from "vitest";
import { validate } from "../../src/ingest/reading/validate.ts";
import { GIVEN, type Kind } from "./generated.ts";

const REQUIRED = {
  interaction: { channelType: "VOICE" },
  call: {},
  touchpoint: { kind: "PAGE_VIEW", channel: "WEB" },
  customer: { identities: [{ namespace: "custid", value: "1" }] },
};

describe("a time without a zone takes the zone of its source", () => {
  test.each(Object.keys(GIVEN) as Kind[])("each of a %s", (kind) => {
    const times = GIVEN[kind].filter(({ type }) => type === "instant").map(({ name }) => name);
    const local = times.map((name, hour) => [name, `2026-11-20T1${hour}:30`]);
    const body = { source: "acd", sourceId: "1", ...REQUIRED[kind], ...Object.fromEntries(local) };

    const answer = validate({ kind, body }, "Europe/Stockholm");

    if ("reason" in answer) throw new Error(answer.message);
    const read = Object.values(answer.body).filter((value) => value instanceof Date);
    expect(read.map((value) => value.toISOString()).sort()).toEqual(
      times.map((_, hour) => `2026-11-20T${String(9 + hour).padStart(2, "0")}:30:00.000Z`),
    );
  });
});
