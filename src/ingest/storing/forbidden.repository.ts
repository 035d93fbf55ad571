import type { Db } from "../../db/client.ts";
import { flag, type RowOf, row, text, uuid } from "../../db/row.ts";
import { sql } from "../../db/sql.ts";

/** Whose a call or leg is, as far as agents go. */
const Handling = row({
  id: uuid,
  askedBy: text.nullable(),
  /** The agent whom the stored record names: who handled it, or else to whom it was handed on. */
  storedAgent: text.nullable(),
  /** Whether it is, or was, on the asking agent's screen, and whether it rings on another's. */
  isOwnCall: flag,
  ringsElsewhere: flag,
});
export type Handling = RowOf<typeof Handling>;

/** What is stored of these calls and legs, each with the agent who asks. */
export async function findHandlings(
  db: Db,
  asked: readonly { id: string; agentId: string | null }[],
): Promise<Handling[]> {
  if (asked.length === 0) return [];
  return db.rows(
    Handling,
    sql`
      select
        k.id, k.agent_id as "askedBy",
        (select max(coalesce(i.agent_id, i.agent_id_transferred)) from interactions i where i.id = k.id) as "storedAgent",
        exists (select from pops p where p.call_id = k.id and p.agent_id = k.agent_id) as "isOwnCall",
        exists (
          select from pops p where p.call_id = k.id and p.state = 'RINGING' and p.agent_id is distinct from k.agent_id
        ) as "ringsElsewhere"
      from unnest(
        ${asked.map(({ id }) => id)}::uuid[],
        ${asked.map(({ agentId }) => agentId)}::text[]
      ) as k (id, agent_id)
    `,
  );
}
