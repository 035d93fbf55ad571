import { GraphQLTimeZone } from "graphql-scalars";
import { takes } from "./takes.ts";

/** Milliseconds of a day of the clock; one of the calendar may be an hour shorter or longer. */
export const MINUTE_MS = 60_000;
export const DAY_MS = 86_400_000;

/** Whole seconds from one instant to another, rounded down; null when either is missing. */
export function secondsBetween(from: Date | null | undefined, to: Date | null | undefined): number | null {
  return from && to ? Math.floor((to.getTime() - from.getTime()) / 1000) : null;
}

/**
 * Java's zone names, which Node accepts though IANA has none of them: PostgreSQL does not know them, or means another
 * place. IST is India here and Israel there.
 */
const JAVA_ZONE =
  /^(ACT|AET|AGT|ART|AST|BET|BST|CAT|CNT|CST|CTT|EAT|ECT|IET|IST|JST|MIT|NET|NST|PLT|PNT|PRT|PST|SST|VST|SystemV\/.*|US\/Pacific-New)$/i;

/**
 * Whether it names a time zone. An offset such as +01:00 is none: it has no daylight saving time, and means the
 * opposite in PostgreSQL.
 */
export function isTimeZone(name: string): boolean {
  return /^[A-Za-z]/.test(name) && !JAVA_ZONE.test(name) && takes(GraphQLTimeZone, name);
}
