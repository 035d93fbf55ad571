import fc from "fast-check";
import type { IncomingRecord } from "../../src/ingest/receipt.ts";

const NAMES = ["custid", "crmid", "login", "email", "contact", "cookie", "device", "phone"] as const;

/** A small world, so that its people meet: few values of each namespace, two of them mostly, and a few minutes. */
const identity = fc.record({
  namespace: fc.constantFrom(...NAMES),
  number: fc.constantFrom<number>(1, 1, 1, 2, 2, 2, 3, 4),
});
const happening = fc.record({
  identities: fc.array(identity, { minLength: 1, maxLength: 3 }),
  minute: fc.integer({ min: 0, max: 6 }),
  key: fc.integer({ min: 0, max: 30 }),
  revision: fc.integer({ min: 0, max: 2 }),
  source: fc.constantFrom("web", "web", "note"),
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

/** Rare draws that were wrong once. The numbers of a decision count the identities, and the customers, by name. */
export const FOUND = [
  // A person who becomes public may keep his owner, his cookie may not.
  [["custid/1 cookie/1"], ["crmid/1 custid/1"], ["crmid/2 custid/1"]],
  // The other way round: the first record is replaced, and the e-mail, which is still alone, owns the cookie.
  [["login/1 email/1", "login/2 email/1", "login/2 email/2", "email/1 cookie/1"], ["0: login/3"]],
  // A device that only a public e-mail used follows the telephone that it was seen with.
  [
    ["email/1 device/1", "custid/1 email/1", "custid/2 email/1", "device/1 phone/1"],
    [{ act: "link", one: 4, other: 0, more: 0 }],
  ],
  // A shared login that was taken from one of its customers stays so when the other one is heard of.
  [
    ["custid/2 login/2", "custid/2 login/1", "custid/1 login/2 @1", { act: "split", one: 0, other: 3, more: 3 }],
    ["login/1 email/1"],
  ],
].map((batches) => [{ batches: (batches as (string | Decided)[][]).map(batchOf) }] satisfies [unknown]);

/** Records, each told by its identities and the minute, and the decision after them. "0:" replaces the first record. */
function batchOf(told: readonly (string | Decided)[], batch: number) {
  const records = told.filter((one) => typeof one === "string");
  const happenings = records.map((record, i): Happening => {
    const { key, names, minute } = /^(?:(?<key>\d+): )?(?<names>[^@]*?)(?: @(?<minute>\d+))?$/.exec(record)!.groups!;
    const identities = names!.split(" ").map((name) => {
      const [namespace, number] = name.split("/") as [(typeof NAMES)[number], string];
      return { namespace, number: Number(number) };
    });
    return {
      identities,
      minute: Number(minute ?? 0),
      key: Number(key ?? batch * 10 + i),
      revision: batch,
      source: "web",
    };
  });
  return { happenings, decision: told.find((one) => typeof one !== "string") ?? null };
}

export type Decided = typeof decision extends fc.Arbitrary<infer T> ? T : never;
export type Happening = typeof happening extends fc.Arbitrary<infer T> ? T : never;

export function recordOf({ identities, minute, key, revision, source }: Happening): IncomingRecord {
  return {
    kind: "touchpoint",
    body: {
      source,
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
