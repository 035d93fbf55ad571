import fc from "fast-check";
import { expect, test } from "vitest";
import { callInput, interactionInput, touchpointInput } from "../../src/facts/record.ts";
import { openStated } from "../../src/ingest/reading/stated-fields.ts";

const inputs = { call: callInput, interaction: interactionInput, touchpoint: touchpointInput };
const VALUES = [
  undefined,
  null,
  "",
  "web",
  "2026-11-20T09:00:00Z",
  "WEB",
  "PAGE_VIEW",
  7,
  true,
  [],
  { a: 1 },
  [{ namespace: "cookie", value: "c-1" }],
];
const KEY = { source: "web", sourceId: "1", channel: "WEB", channelType: "WEB", kind: "PAGE_VIEW" };
const TIMES = {
  occurredAt: "2026-11-20T09:00:00Z",
  startedAt: "2026-11-20T09:00:00Z",
  sessionStartTime: "2026-11-20T09:00:00Z",
};

test.each(Object.entries(inputs))("a %s is what the whole schema makes of it, whatever it states", (_kind, input) => {
  const byStated = openStated<typeof input.shape>(input as never);
  const known = Object.keys(input.shape);
  const good = Object.fromEntries(Object.entries({ ...KEY, ...TIMES }).filter(([name]) => known.includes(name)));
  const name = fc.constantFrom(...known, "colour");
  const more = fc.dictionary(name, fc.constantFrom(...VALUES), { maxKeys: 3, noNullPrototype: true });

  fc.assert(
    fc.property(fc.boolean(), more, (isGood, stated) => {
      const body = { ...(isGood ? good : {}), ...stated };
      const { success, data } = input.safeParse(body);

      expect(byStated(body)).toEqual(success ? data : null);
    }),
  );
});

test("what a sender makes up ever other sets of fields for is left to the whole schema", () => {
  const byStated = openStated(touchpointInput);
  const page = { source: "web", sourceId: "1", channel: "WEB", kind: "PAGE_VIEW", occurredAt: TIMES.occurredAt };
  const texts = ["url", "name", "section", "referrer", "device", "campaign", "medium"];
  const sets = Array.from({ length: 2 ** texts.length }, (_, n) => texts.filter((_text, bit) => (n >> bit) & 1));

  const parsed = sets.map((set) => byStated({ ...page, ...Object.fromEntries(set.map((name) => [name, "words"])) }));

  expect(parsed.map((one) => one !== null)).toEqual(sets.map((_, n) => n < 64));
});
