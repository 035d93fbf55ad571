import { GraphQLTimeZone } from "graphql-scalars";
import { takes } from "./takes.ts";

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
