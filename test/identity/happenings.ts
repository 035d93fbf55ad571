import fc from "fast-check";
import type { IncomingRecord } from "../../src/ingest/receipt.ts";

const NAMES = ["custid", "crmid", "login", "email", "cookie", "device", "phone"] as const;

/** A small world, so that its people meet: few values of each namespace, a few minutes, a few sources. */
const identity = fc.record({
  namespace: fc.constantFrom(...NAMES),
  number: fc.integer({ min: 1, max: 4 }),
});
const happening = fc.record({
  identities: fc.array(identity, { minLength: 1, maxLength: 3 }),
  minute: fc.integer({ min: 0, max: 6 }),
  key: fc.integer({ min: 0, max: 30 }),
  revision: fc.integer({ min: 0, max: 2 }),
});
export const history = fc.record({
  happenings: fc.array(happening, { minLength: 1, maxLength: 24 }),
  cuts: fc.array(fc.integer({ min: 1, max: 6 }), { minLength: 1, maxLength: 10 }),
});
/** What a person decides between batches; the numbers choose among what is there then. */
export const decision = fc.record({
  act: fc.constantFrom("merge", "split", "link", "withdraw"),
  one: fc.nat(),
  other: fc.nat(),
  more: fc.nat(),
});
export const decidedHistory = fc.record({
  batches: fc.array(
    fc.record({ happenings: fc.array(happening, { minLength: 1, maxLength: 6 }), decision: fc.option(decision) }),
    { minLength: 1, maxLength: 8 },
  ),
});

/**
 * Rare draws that were wrong once. A person who becomes public, or is public no longer, may keep his owner; what was seen
 * with him may not.
 */
export const FOUND = [
  [
    ["custid/1 cookie/1"],
    ["crmid/1 custid/1"], // one customer, with the custid's id and with the cookie
    ["crmid/2 custid/1"], // the custid is public, the cookie nobody's
  ],
  [
    ["login/1 email/1", "login/2 email/1", "login/2 email/2", "email/1 cookie/1"], // the e-mail is public
    ["0: login/3"], // the first record is replaced: the e-mail, still alone, owns the cookie
  ],
].map((batches) => [{ batches: batches.map(batchOf) }] satisfies [unknown]);

/** A batch of records, each told by its identities; "0:" replaces the record with that number. */
function batchOf(records: readonly string[], batch: number): { happenings: Happening[]; decision: null } {
  const happenings = records.map((told, i): Happening => {
    const [, key, carried] = /^(?:(\d+): )?(.*)$/.exec(told)!;
    const identities = carried!.split(" ").map((name) => {
      const [namespace, number] = name.split("/") as [(typeof NAMES)[number], string];
      return { namespace, number: Number(number) };
    });
    return { identities, minute: 0, key: Number(key ?? batch * 10 + i), revision: batch };
  });
  return { happenings, decision: null };
}

export type Decided = typeof decision extends fc.Arbitrary<infer T> ? T : never;
export type Happening = typeof happening extends fc.Arbitrary<infer T> ? T : never;

export function recordOf({ identities, minute, key, revision }: Happening): IncomingRecord {
  return {
    kind: "touchpoint",
    body: {
      source: "web",
      sourceId: `t${key}`,
      revision: new Date(Date.UTC(2026, 0, 1 + revision)),
      occurredAt: new Date(Date.UTC(2026, 9, 1, 12, minute)),
      kind: "PAGE_VIEW",
      channel: "WEB",
      name: "/home",
      identities: identities.map(({ namespace, number }) => ({ namespace, value: valueIn(namespace, number) })),
    },
  };
}

function valueIn(namespace: string, number: number): string {
  if (namespace === "phone") return `+4670174060${number}`;
  return namespace === "email" ? `p${number}@example.com` : `v${number}`;
}
