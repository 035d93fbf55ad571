import { Count } from "../../db/row.ts";
import type { Snapshot } from "../../db/snapshot.ts";
import { type Sql, sql } from "../../db/sql.ts";
import type { MatchQualityInput } from "./match-quality.type.ts";

/** How many identities seen in the period are several customers' over time: whose they are is no event's to say. */
export async function countSharedIdentities(snapshot: Snapshot, input: MatchQualityInput): Promise<number> {
  const [row] = await snapshot.rows(Count, sharedIdentitiesSql(input));
  return row!.count;
}

function sharedIdentitiesSql({ period: { from, to }, sources }: MatchQualityInput): Sql {
  const isMeant = (source: Sql) => (sources == null ? sql`true` : sql`${source} = any(${sources}::text[])`);
  return sql`
with
  shared as (
    select a.subject_id as id
    from assignments a
    where a.known_to = 'infinity'
    group by a.subject_id
    having min(a.customer_id::text) < max(a.customer_id::text)
  )
select count(*)::int as count
from shared h
where exists (
  select from customer_events e
  where e.subject_id = h.id and e.occurred_at >= ${from} and e.occurred_at < ${to} and ${isMeant(sql`e.source`)}
)
or exists (
  select from sightings s
  where s.identity_id = h.id and s.at >= ${from} and s.at < ${to} and ${isMeant(sql`s.source`)}
)`;
}
