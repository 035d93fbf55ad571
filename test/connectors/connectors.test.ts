import fc from "fast-check";
import { expect, test } from "vitest";
import type { AdaptedRecord } from "../../src/connectors/adapter.ts";
import { CONNECTORS } from "../../src/connectors/connectors.ts";
import { messagesIn } from "../../src/http/routes/webhook-body.ts";
import { validate } from "../../src/ingest/reading/validate.ts";
import { draws } from "../kit/draws.ts";
import { FIXTURE_LIST, HAS_PAYLOADS, payloads } from "./senders.ts";

const connectorOf = (name: string) => CONNECTORS.find((connector) => connector.name === name)!;
/** What validation says of a record that an adapter accepted; null when it is fine. */
const faultOf = (record: AdaptedRecord): string | null => {
  if (record.rejected) return null;
  const answer = validate(record, "UTC");
  return "reason" in answer ? answer.message : null;
};
const isTyped = ({ rejected }: AdaptedRecord): boolean =>
  !rejected || (/^[A-Z_]+$/.test(rejected.reason) && /^[A-Z].*\.$/s.test(rejected.message));

test.each(FIXTURE_LIST)("$connector: $name", ({ connector, given, expect: expected }) => {
  const records = connectorOf(connector).adapt(given);

  expect(
    records.map(({ kind, body, rejected }) => (rejected ? { rejected: { reason: rejected.reason } } : { kind, body })),
  ).toEqual(expected);
  expect(records.map(faultOf).filter(Boolean)).toEqual([]);
  expect(records.every(isTyped)).toBe(true);
});

const strange = fc.oneof(
  fc.jsonValue({ maxDepth: 2 }),
  fc.constantFrom("\u0000", "a".repeat(5_000), -1, 1e300, "Fri, 99 Foo 2026 10:00:00 +0000", "2026-99-99T00:00:00Z"),
);

test("no message, however wrong, makes an adapter fail, or answer differently the second time", () => {
  fc.assert(
    fc.property(fc.constantFrom(...FIXTURE_LIST), fc.nat(), strange, ({ connector, given }, position, value) => {
      const broken = replaced(structuredClone(given), position, value);

      const records = connectorOf(connector).adapt(broken);

      expect(connectorOf(connector).adapt(broken)).toEqual(records);
      expect(records.every(isTyped)).toBe(true);
      for (const record of records) if (!record.rejected) validate(record, "UTC");
    }),
    draws(1_000),
  );
});

test("every connector refuses what is no message at all", () => {
  const nothings = [null, undefined, 0, "", "hello", true, {}];

  const answers = CONNECTORS.flatMap((connector) => nothings.map((nothing) => connector.adapt(nothing)));

  expect(answers.flat().filter(({ rejected }) => !rejected)).toEqual([]);
});

test.skipIf(!HAS_PAYLOADS)("every payload of every real sender is adapted by every connector without failing", () => {
  const all = payloads().flatMap(({ bytes }) => messagesIn(bytes, {}));

  const records = CONNECTORS.flatMap((connector) => all.flatMap((message) => connector.adapt(message)));

  expect(all.length).toBeGreaterThan(300);
  expect(records.filter((record) => !isTyped(record))).toEqual([]);
});

/** The value with one of its parts, counted from the top, changed for another. */
function replaced(value: unknown, position: number, by: unknown): unknown {
  const places: [Record<string, unknown>, string][] = [];
  const walk = (part: unknown): void => {
    if (typeof part !== "object" || part === null) return;
    for (const [name, inner] of Object.entries(part)) {
      places.push([part as Record<string, unknown>, name]);
      walk(inner);
    }
  };
  walk(value);
  const place = places[position % Math.max(1, places.length)];
  if (!place) return by;
  place[0][place[1]] = by;
  return value;
}
