import { areOfOneContact, companyOf, isLeg } from "../kit/contacts.ts";
import type { Told } from "../kit/world.ts";
import { isHandled, of, SOFTWARE } from "./recount.ts";

// What legs say of one another: slow and obvious, sharing no code with src.

/** The world, each leg with its direction, and with what it was in a search for an agent. */
export function derived(world: readonly Told[]): Told[] {
  const directed = world.map((event) =>
    isLeg(event) ? withColumns(event, { direction: directionOf(world, event) }) : event,
  );
  return directed.map((event) => (isLeg(event) ? withColumns(event, ringOf(directed, event)) : event));
}

const withColumns = (event: Told, columns: Record<string, unknown>): Told => ({
  ...event,
  columns: { ...event.columns, ...columns },
});

function directionOf(world: readonly Told[], leg: Told): string | null {
  const stated: string | null = of(leg, "direction") ?? null;
  const [first] = companyOf(world, leg)
    .filter(isLeg)
    .sort((a, b) => a.at.getTime() - b.at.getTime() || (a.id < b.id ? -1 : 1));
  return stated ?? of(first!, "direction") ?? null;
}

/** When a leg began to ring, and when it stopped. */
function ringing(leg: Told): [number, number] {
  const queued: number | null = of(leg, "queue_seconds") ?? null;
  const answer: Date | null =
    of(leg, "interaction_start_time") ?? (queued === null ? null : new Date(leg.at.getTime() + queued * 1000));
  const end: Date | null = isHandled(leg) ? answer : (leg.until ?? of(leg, "session_end_time") ?? null);
  return [leg.at.getTime(), Math.max(leg.at.getTime(), end?.getTime() ?? 0)];
}

const mayRing = (leg: Told) =>
  isLeg(leg) && (leg.trackingNumber != null || leg.agentSkillId != null) && !SOFTWARE.includes(leg.channel);
const destinationOf = ({ trackingNumber, agentSkillId }: Told) => `${trackingNumber ?? ""} ${agentSkillId ?? ""}`;
const isInVain = (leg: Told) => !isHandled(leg) && [null, "ABANDONED", "FAILED"].includes(leg.outcome ?? null);

/** The rings of the same search: what rang at once or within ten seconds of another, and so on. */
function searchOf(world: readonly Told[], leg: Told): Told[] {
  const search = [leg];
  for (const one of search) {
    const [start, end] = ringing(one);
    const next = world.filter((other) => {
      if (search.includes(other) || !mayRing(other) || destinationOf(other) !== destinationOf(leg)) return false;
      const [from, to] = ringing(other);
      return areOfOneContact(world, other, leg) && from <= end + 10_000 && start <= to + 10_000;
    });
    search.push(...next);
  }
  return search;
}

/** Whether its caller came to another number or skill while it rang, or within ten seconds, by a key of the sender's. */
function isPassedOn(world: readonly Told[], leg: Told): boolean {
  const key = of(leg, "contact_key") ?? null;
  const [start, end] = ringing(leg);
  return world.some((other) => {
    if (key === null || of(other, "contact_key") !== key || !mayRing(other)) return false;
    if (!areOfOneContact(world, other, leg) || destinationOf(other) === destinationOf(leg)) return false;
    const [from] = ringing(other);
    return from <= end + 10_000 && (isInVain(other) ? from > start : from >= start);
  });
}

function ringOf(world: readonly Told[], leg: Told): Record<string, unknown> {
  if (!mayRing(leg)) return {};
  const search = searchOf(world, leg);
  const vain = search.filter(isInVain).sort((a, b) => ringing(b)[1] - ringing(a)[1] || (a.id < b.id ? 1 : -1));
  return {
    is_passed_on: isPassedOn(world, leg),
    is_attempt: isInVain(leg) && (vain.length < search.length || vain[0] !== leg),
    search_at: search.length > 1 ? new Date(Math.min(...search.map((one) => one.at.getTime()))) : null,
  };
}
