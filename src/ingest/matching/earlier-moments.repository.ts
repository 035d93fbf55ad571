import type { Db } from "../../db/client.ts";
import { flag, instant, list, row, text, uuid } from "../../db/row.ts";
import { sql } from "../../db/sql.ts";
import type { Happening } from "./match.ts";

const Earlier = row({
  at: instant,
  customerId: uuid,
  isOnTheWeb: flag,
  subjectId: uuid,
  visitors: list(uuid),
  url: text.nullable(),
});

/**
 * Where the earlier versions of these records stood, with the present owners of the time: calls that were matched there
 * may have nothing to come from now.
 */
export async function findEarlierMoments(db: Db, ids: readonly string[]): Promise<Happening[]> {
  if (ids.length === 0) return [];
  const moments = await db.hot("calls.earlier").rows(
    Earlier,
    sql`
      select
        coalesce(t.occurred_at, t.session_start_time) as at, coalesce(a.customer_id, i.customer_id) as "customerId",
        coalesce(t.channel in ('WEB', 'APP'), false) as "isOnTheWeb", t.subject_id as "subjectId", v.ids as visitors,
        u.name as url
      from unnest(${ids}::uuid[]) as k (id)
      cross join lateral (select r.body from revisions r where r.record_id = k.id and r.body ? 'row' offset 0) r
      cross join lateral jsonb_to_record(r.body -> 'row') as t (
        subject_id uuid, occurred_at timestamptz, session_start_time timestamptz, channel text, url_id bigint
      )
      cross join lateral (select i.* from identities i where i.id = t.subject_id offset 0) i
      left join assignments a
        on a.subject_id = t.subject_id and a.known_to = 'infinity'
        and a.valid_from <= coalesce(t.occurred_at, t.session_start_time)
        and a.valid_to > coalesce(t.occurred_at, t.session_start_time)
      left join items u on u.id = t.url_id
      cross join lateral (
        select coalesce(array_agg(c.id), '{}') as ids
        from identities c
        where c.kind = 'CARRIER'
        and c.id = any(array(
          select t.subject_id
          union all
          select (s.sighting ->> 'identity_id')::uuid
          from jsonb_array_elements(coalesce(nullif(r.body -> 'sightings', 'null'), '[]')) as s (sighting)
        ))
      ) v
    `,
  );
  return moments.map(({ at, customerId, isOnTheWeb, ...web }) => ({ at, customerId, web: isOnTheWeb ? web : null }));
}
