import { companyOf, contactsIn } from "./contacts.ts";
import { type Audience, belongs, compare, fits, isWithin, type Matcher, type Period, sessionOf } from "./recount.ts";
import type { Told } from "./world.ts";

export interface Counting {
  period: Period;
  matcher: Matcher | null | undefined;
  audience?: Audience | null;
  dedup?: { scope: string; keep: string } | null;
  timeoutMinutes: number;
}

/** The events that count, of which only the first or last in each scope stays. */
export function countedOf(world: readonly Told[], counting: Counting): Told[] {
  const { period, matcher, audience, dedup, timeoutMinutes } = counting;
  const all = world
    .filter(
      (event) =>
        isWithin(period, event) && fits(world, event, matcher, period) && belongs(world, event, audience, period),
    )
    .sort(compare);
  if (!dedup) return all.filter((event) => countsOnce(world, event, matcher, period));
  const ordered = dedup?.keep === "LAST" ? all.toReversed() : all;
  const seen = new Set<string>();
  return ordered.filter((event) => {
    const key = scopeOf(world, event, { scope: dedup?.scope ?? "EVENT", timeoutMinutes });
    return !seen.has(key) && seen.add(key);
  });
}

/** Of the calls of a contact that are meant, the first counts, of somebody if one is; whatever the period. */
export function countsOnce(
  world: readonly Told[],
  event: Told,
  matcher: Matcher | null | undefined,
  period: Pick<Period, "to"> = { to: new Date(8.64e15) },
): boolean {
  if (event.kind !== "CALL") return true;
  const [first] = companyOf(world, event)
    .filter((other) => other.kind === "CALL" && fits(world, other, matcher, period))
    .sort((a, b) => Number(b.isIdentified) - Number(a.isIdentified) || compare(a, b));
  return first === event;
}

function scopeOf(
  world: readonly Told[],
  event: Told,
  { scope, timeoutMinutes }: { scope: string; timeoutMinutes: number },
) {
  if (scope === "CUSTOMER") return event.customerId;
  if (scope === "SESSION") return sessionOf(world, event, timeoutMinutes)[0]!.id;
  return scope === "UNIVERSAL_SESSION" ? contactsIn(world).get(event.id)! : event.id;
}
