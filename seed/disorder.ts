import { type CallBody, DAY, HOUR, iso, MINUTE, type Posted, type World, worldOf } from "./post.ts";

const LATE_CHANCE = 0.03;
const DUPLICATE_CHANCE = 0.015;
const CONFLICTS = 4;
const OLD_EXPORTS = 6;

/** What networks and vendors do to an orderly town: records late, twice, contradicted, and out of old exports. */
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

/** The same key and revision with another body: refused, and to be seen among the receipts. */
function contradictions({ now }: World, posted: readonly Posted[]): Posted[] {
  return posted
    .filter(isAbandonedCall)
    .slice(0, CONFLICTS)
    .map(({ arrivesAt, record }) => ({
      record: { ...record, body: { ...record.body, agentId: "somebody.else" } },
      arrivesAt: Math.min(now, arrivesAt + DAY),
    }));
}

/** An abandoned call is never surveyed, so no newer revision of it makes the contradiction merely stale. */
function isAbandonedCall(letter: Posted): letter is Posted & { record: { kind: "call"; body: CallBody } } {
  return letter.record.kind === "call" && letter.record.body.outcome === "ABANDONED";
}

/** Somebody loads an export of last quarter: older than what is known, so it is kept and not shown. */
function oldExports({ now }: World, posted: readonly Posted[]): Posted[] {
  return posted
    .flatMap(({ record, arrivesAt }) => {
      if (record.kind !== "customer" || record.body.source !== "crm") return [];
      const body = { ...record.body, observedAt: iso(arrivesAt - 90 * DAY), tenureMonths: 1 };
      return [{ record: { kind: record.kind, body }, arrivesAt: now - 3 * DAY }];
    })
    .slice(0, OLD_EXPORTS);
}
