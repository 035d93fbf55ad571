/** Below this a number is Unix seconds, above it milliseconds: 1e11 is the year 5138 in the one, March 1973 in the other. */
const SECONDS_BELOW = 1e11;

/**
 * The instant that a sender's Unix time means, seconds and milliseconds told apart; null when it is none.
 * Fractions of a second are kept to the millisecond.
 */
export function fromUnix(value: number): Date | null {
  if (!Number.isFinite(value)) return null;
  const date = new Date(Math.round(Math.abs(value) < SECONDS_BELOW ? value * 1000 : value));
  return Number.isNaN(date.getTime()) ? null : date;
}

/** Whole seconds from one instant to another, rounded down; null when either is missing. */
export function secondsBetween(from: Date | null | undefined, to: Date | null | undefined): number | null {
  return from && to ? Math.floor((to.getTime() - from.getTime()) / 1000) : null;
}

/**
 * Names of Java's, which Node takes for zones though IANA has none of them: in PostgreSQL they mean nothing, or another
 * place. IST is India here and Israel there.
 */
const JAVA_ZONE =
  /^(ACT|AET|AGT|ART|AST|BET|BST|CAT|CNT|CST|CTT|EAT|ECT|IET|IST|JST|MIT|NET|NST|PLT|PNT|PRT|PST|SST|VST|SystemV\/.*|US\/Pacific-New)$/i;

/**
 * Whether a calendar can be kept by it. An offset such as +01:00 is no zone: it knows no summer, and means the opposite
 * in PostgreSQL.
 */
export function isTimeZone(name: string): boolean {
  if (!/^[A-Za-z]/.test(name) || JAVA_ZONE.test(name)) return false;
  try {
    new Intl.DateTimeFormat("en", { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
