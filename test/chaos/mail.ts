import type { Random } from "../../seed/random.ts";

/** Records of one kind, sent in one request. */
export interface Delivery {
  path: string;
  records: Sendable[];
}

interface Sendable {
  path: string;
  sourceId: string;
  [field: string]: unknown;
}

const START = Date.UTC(2026, 9, 1, 9);
const MINUTE = 60_000;

/** Records of a few people who share telephones, browsers and addresses, so that customers join and part all the time. */
export function recordsOf(count: number, random: Random): Sendable[] {
  const people = Math.ceil(count / 8);
  return Array.from({ length: count }, (_, n) => {
    const person = random.int(1, people);
    const neighbour = random.chance(0.1) ? random.int(1, people) : person;
    const at = START + random.int(0, 5_000) * MINUTE;
    const key = { source: "chaos", sourceId: `r${n}`, identities: identitiesOf(person, neighbour, random) };
    const leg = { ...key, sessionId: `s${random.int(1, people)}` };
    return random.pick<Sendable>([
      {
        path: "touchpoints",
        ...leg,
        occurredAt: at,
        kind: "PAGE_VIEW",
        channel: "WEB",
        url: `/p/${random.int(1, 20)}`,
      },
      {
        path: "touchpoints",
        ...key,
        occurredAt: at,
        endedAt: at + MINUTE,
        kind: "SEARCH",
        channel: "APP",
        name: "help",
      },
      { path: "calls", ...leg, startedAt: at, durationSeconds: 60, callReason: "invoice" },
      { path: "interactions", ...leg, channelType: "WEB", sessionStartTime: at, sessionEndTime: at + MINUTE },
      { path: "customers", ...key, identities: [custid(person)], observedAt: at, displayName: `No. ${person}` },
    ]);
  });
}

function identitiesOf(person: number, neighbour: number, random: Random) {
  const all = [
    custid(person),
    { namespace: "email", value: `p${neighbour}@example.com` },
    { namespace: "cookie", value: `c${neighbour}` },
    { namespace: "phone", value: `+4670174${String(1_000 + neighbour).padStart(4, "0")}` },
  ];
  return all.filter(() => random.chance(0.45));
}

const custid = (person: number) => ({ namespace: "custid", value: String(person) });

/** Every record one to four times, in no order, alone or a few together. */
export function deliveriesOf(records: readonly Sendable[], random: Random): Delivery[] {
  const copies = records.flatMap((record) => Array<Sendable>(random.int(1, 4)).fill(record));
  const shuffled = copies
    .map((record) => ({ record, place: random.next() }))
    .sort((a, b) => a.place - b.place)
    .map(({ record }) => record);
  const deliveries: Delivery[] = [];
  while (shuffled.length > 0) {
    const path = shuffled[0]!.path;
    const length = random.pick([1, 1, 1, 5]);
    const together = shuffled.slice(0, length).filter((record) => record.path === path);
    shuffled.splice(0, length, ...shuffled.slice(0, length).filter((record) => record.path !== path));
    deliveries.push({ path: `/v1/${path}`, records: together.map(({ path: _, ...record }) => record as Sendable) });
  }
  return deliveries;
}
