import { parsePhoneNumberFromString } from "libphonenumber-js/max";
import { expect, test } from "vitest";
import { CAST } from "../../seed/cast.ts";
import { demoData } from "../../seed/demo-data.ts";
import { demoMistakes } from "../../seed/mistakes.ts";
import { DAY, MINUTE } from "../../seed/post.ts";
import { callInput, customerInput, interactionInput, touchpointInput } from "../../src/facts/record.ts";
import { groupBy } from "../../src/kit/group.ts";

const now = Date.parse("2026-11-20T14:30:00Z");
const records = demoData({ seed: 360, now });
const SCHEMAS = {
  call: callInput,
  customer: customerInput,
  interaction: interactionInput,
  touchpoint: touchpointInput,
};

test("the same seed and clock give the same records, another seed others", () => {
  const again = demoData({ seed: 360, now });
  const other = demoData({ seed: 361, now });

  expect(JSON.stringify(again)).toBe(JSON.stringify(records));
  expect(JSON.stringify(other)).not.toBe(JSON.stringify(records));
});

test("every body is valid", () => {
  const faults = records.flatMap(({ kind, body }) => SCHEMAS[kind].safeParse(body).error?.issues ?? []);

  expect(faults).toEqual([]);
});

test("every mistake is refused", () => {
  const taken = demoMistakes(now).filter(({ kind, body }) => SCHEMAS[kind].safeParse(body).success);

  expect(taken).toEqual([]);
});

test("one key and revision has one body, but for the four contradictions", () => {
  const bodies = groupBy(records, ({ kind, body }) => {
    const revision = "revision" in body ? body.revision : "observedAt" in body ? body.observedAt : null;
    return [kind === "call" ? "interaction" : kind, body.source, body.sourceId, revision].join(" ");
  });

  const disputed = [...bodies.values()].filter(
    (group) => new Set(group.map(({ body }) => JSON.stringify(body))).size > 1,
  );

  expect(disputed.length).toBe(4);
});

test("no record tells of the future or of more days than the demo data covers", () => {
  const times = records.map(({ kind, body }) => Date.parse(timeOf(kind, body)));

  expect(Math.max(...times)).toBeLessThanOrEqual(now);
  expect(Math.min(...times)).toBeGreaterThan(now - 160 * DAY);
});

test.each(["2026-11-21T03:10:00Z", "2027-02-28T23:59:30Z", "2026-06-07T12:00:00Z"])(
  "is as lively at %s: whatever the hour, somebody is on the site",
  (hour) => {
    const clock = Date.parse(hour);

    const recent = demoData({ seed: 360, now: clock }).flatMap(({ kind, body }) =>
      kind === "touchpoint" && body.channel === "WEB" && Date.parse(String(body.occurredAt)) > clock - 5 * MINUTE
        ? [body.sessionId]
        : [],
    );

    expect(new Set(recent).size).toBeGreaterThanOrEqual(10);
  },
);

test("loads in seconds: a few hundred people, no more than 15,000 touchpoints and 3,000 interactions", () => {
  const count = (...kinds: string[]) => records.filter(({ kind }) => kinds.includes(kind)).length;

  expect(count("touchpoint")).toBeGreaterThan(8_000);
  expect(count("touchpoint")).toBeLessThan(15_000);
  expect(count("interaction", "call")).toBeGreaterThan(1_500);
  expect(count("interaction", "call")).toBeLessThan(3_000);
});

test.each(Object.values(CAST).filter(({ phone, landline }) => phone ?? landline))(
  "the number of $key is one that libphonenumber calls valid",
  ({ phone, landline }) => {
    expect(parsePhoneNumberFromString(landline ?? phone ?? "")?.isValid()).toBe(true);
  },
);

test("the story people's numbers are nobody else's", () => {
  const told = new Set(Object.values(CAST).flatMap(({ phone, landline }) => [phone, landline]));
  const others = records.filter(({ body }) => !body.sourceId.includes("story-") && !isOfCast(body.identities ?? []));

  const strayed = others.filter(({ body }) => (body.identities ?? []).some(({ value }) => told.has(String(value))));

  expect(strayed).toEqual([]);
});

test("Amara is reading her invoice as the clock stands", () => {
  const pages = records.flatMap(({ kind, body }) =>
    kind === "touchpoint" && body.sessionId === "story-amara-visit-2" ? [body] : [],
  );

  expect(pages.at(-1)?.url).toContain("/billing/invoice");
  expect(now - Date.parse(String(pages.at(-1)?.occurredAt))).toBeLessThan(2 * MINUTE);
});

function isOfCast(identities: readonly { namespace: string; value: string | number | null }[]): boolean {
  const ids = new Set(Object.values(CAST).map(({ custId }) => custId));
  return identities.some(({ namespace, value }) => namespace === "custid" && ids.has(String(value)));
}

function timeOf(kind: string, body: object): string {
  const field = {
    touchpoint: "occurredAt",
    call: "startedAt",
    interaction: "sessionStartTime",
    customer: "observedAt",
  }[kind];
  return String((body as Record<string, unknown>)[field ?? ""]);
}
