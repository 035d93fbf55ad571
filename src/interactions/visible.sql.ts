import { type Sql, sql } from "../db/sql.ts";
import { isRowBound, type Viewer } from "../request.ts";

/**
 * Whether the viewer may read the interaction `i`: one that its key's teams and call centres handled, or its own agent, or
 * nobody, such as a visit. The text is the same for every viewer, so that statements are prepared once.
 */
export function visibleTo(viewer: Viewer): Sql {
  const { agentId, teams, callCentreIds } = viewer;
  return sql`(
    not ${isRowBound(viewer)}::boolean
    or i.agent_id = ${agentId}::text
    or coalesce(i.agent_id, i.team, i.call_centre_id) is null
    or (
      (cardinality(${[...teams]}::text[]) = 0 or i.team = any(${[...teams]}::text[]))
      and (cardinality(${[...callCentreIds]}::text[]) = 0 or i.call_centre_id = any(${[...callCentreIds]}::text[]))
    )
  )`;
}
