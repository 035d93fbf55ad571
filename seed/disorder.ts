import { type CallBody, DAY, HOUR, iso, MINUTE, type Posted, type World, worldOf } from "./post.ts";

const LATE_CHANCE = 0.03;
const DUPLICATE_CHANCE = 0.015;
const CONFLICTS = 4;
const OLD_EXPORTS = 6;

/** Disturbs the records as networks and vendors do: some come late, twice, with contradictions or from old exports. */
export function disturb(world: World): Posted[] {
  const own = worldOf(world, "disorder");
  const posted = world.posted.map((letter) => (own.random.chance(LATE_CHANCE) ? delayed(own, letter) : letter));
  const again = posted.filter(() => own.random.chance(DUPLICATE_CHANCE)).map((letter) => repeated(own, letter));
  return [...posted, ...again, ...contradictions(own, posted), ...oldExports(own, posted)];
}

function delayed({ random, now }: World, { arrivesAt, record }: Posted): Posted {
  return { record, arrivesAt: Math.min(now, arrivesAt + random.around(20) * HOUR) };
}

function repeated({ random, now }: World, { arrivesAt, record }: Posted): Posted {
  return { record, arrivesAt: Math.min(now, arrivesAt + random.int(0, 90) * MINUTE) };
}

/** The same key and revision with another body: each gets the receipt CONFLICT. */
function contradictions({ now }: World, posted: readonly Posted[]): Posted[] {
  return posted
    .filter(isAbandonedCall)
    .slice(0, CONFLICTS)
    .map(({ arrivesAt, record }) => ({
      record: { ...record, body: { ...record.body, agentId: "somebody.else" } },
      arrivesAt: Math.min(now, arrivesAt + DAY),
    }));
}

/** An abandoned call gets no survey and so no newer revision, which would make the contradiction STALE instead. */
function isAbandonedCall(letter: Posted): letter is Posted & { record: { kind: "call"; body: CallBody } } {
  return letter.record.kind === "call" && letter.record.body.outcome === "ABANDONED";
}

/** An export of last quarter: older than what is known, so it gets the receipt STALE. */
function oldExports({ now }: World, posted: readonly Posted[]): Posted[] {
  return posted
    .flatMap(({ record, arrivesAt }) => {
      if (record.kind !== "customer" || record.body.source !== "crm") return [];
      const body = { ...record.body, observedAt: iso(arrivesAt - 90 * DAY), tenureMonths: 1 };
      return [{ record: { kind: record.kind, body }, arrivesAt: now - 3 * DAY }];
    })
    .slice(0, OLD_EXPORTS);
}
