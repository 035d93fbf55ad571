import { type Sql, sql } from "../db/sql.ts";
import { isClosed } from "./consents.sql.ts";

/** Whose interactions and figures a key reads: those of its teams and call centres; without any, everybody's. */
export interface RowBounds {
  agentId: string | null;
  teams: readonly string[];
  callCentreIds: readonly string[];
}

/** Whether the viewer reads the interactions and figures of some teams or call centres only. */
export function isRowBound({ teams, callCentreIds }: Pick<RowBounds, "teams" | "callCentreIds">): boolean {
  return teams.length > 0 || callCentreIds.length > 0;
}

/**
 * Whether the viewer may read the interaction `i`, or one of another alias: one that is within their bounds, of nobody whom
 * consent keeps out of timelines. What reads all interactions of a customer asks the two apart: of consent once a customer.
 */
export const visibleTo = (viewer: RowBounds, i: Sql = sql`i`): Sql =>
  sql`(not ${isClosed("TIMELINE", sql`${i}.customer_id`)} and ${isInRowBounds(viewer, i)})`;

/**
 * Whether the key's teams and call centres handled an interaction, or its own agent, or nobody, such as a visit. The text is
 * the same for every viewer, so that statements are prepared once.
 */
export function isInRowBounds(viewer: RowBounds, i: Sql = sql`i`): Sql {
  const { agentId, teams, callCentreIds } = viewer;
  return sql`(
    not ${isRowBound(viewer)}::boolean
    or ${i}.agent_id = ${agentId}::text
    or coalesce(${i}.agent_id, ${i}.team, ${i}.call_centre_id) is null
    or (
      (cardinality(${[...teams]}::text[]) = 0 or ${i}.team = any(${[...teams]}::text[]))
      and (cardinality(${[...callCentreIds]}::text[]) = 0 or ${i}.call_centre_id = any(${[...callCentreIds]}::text[]))
    )
  )`;
}
