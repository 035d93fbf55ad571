import { type Sql, sql } from "../../db/sql.ts";
import { newestFirstOf } from "../../facts/event-order.sql.ts";

/** A click, or a page looked at, this long before a call may have led to it. */
export const NEARBY_MINUTES = 5;
const NEARBY = sql`make_interval(mins => ${NEARBY_MINUTES}::int)`;
/** No leg and no visit is looked back for longer: it bounds what one call may read. */
export const LONGEST = sql`interval '12 hours'`;
/** The total order of moments `t`, the last first. */
export const NEWEST = newestFirstOf(sql`t`);

/** Of the visitors `t` who did something shortly before the call `d`: the only one, where there is only one. */
const ONLY_ONE = sql`
  (array_agg(t.subject_id order by ${NEWEST}))[1] as subject_id, max(t.occurred_at) as occurred_at,
  (array_agg(t.id order by ${NEWEST}))[1] as id, max(t.occurred_at) as ended_at,
  (array_agg(t.interaction_id order by ${NEWEST}))[1] as interaction_id
`;
/**
 * A caller who is known is nobody whom something else names. Visitors are told apart by what they carried, not by whose
 * it is: that may change without the call's knowing.
 */
const MAY_BE = sql`
  (not d.is_known or exists (select from identities a where a.id = t.subject_id and a.kind = 'CARRIER'))
`;
const JUST_BEFORE = sql`t.occurred_at > d.at - ${NEARBY} and t.occurred_at <= d.at`;

/** What each call came out of: its visitor's or its customer's visit, else what happened just before it. */
export const joinedSql = (isUnbroken: Sql): Sql => sql`
  sure as materialized (
    select distinct on (s.call_id) s.call_id, s.way, s.subject_id, s.occurred_at, s.id, s.ended_at, s.interaction_id
    from seen s
    join due d on d.id = s.call_id
    where ${isUnbroken}
    order by s.call_id, s.way, s.occurred_at desc
  ),
  open as materialized (
    select d.* from due d where d.id not in (select call_id from sure) and d.id not in (select call_id from strangers)
  ),
  clicked as materialized (
    select d.id as call_id, 4 as way, ${ONLY_ONE}
    from open d
    join items u on u.kind = 'URL' and u.name = 'tel:' || d.tracking_number
    join touchpoints t on t.kind = 'OTHER' and t.url_id = u.id and ${JUST_BEFORE}
    where ${MAY_BE}
    group by d.id
    having count(distinct t.subject_id) = 1
  ),
  -- Calls that name a page are few; only for them is it worth going through the visits of hours.
  paged as materialized (
    select d.*, u.id as url_id from open d join items u on u.kind = 'URL' and u.name = d.page_url
  ),
  near as materialized (
    select d.id as call_id, 5 as way, ${ONLY_ONE}
    from paged d
    join interactions v
      on v.session_start_time > d.at - ${LONGEST} and v.session_start_time <= d.at and v.is_visit
      and v.session_end_time >= d.at - ${NEARBY}
    join touchpoints t
      on t.subject_id = v.subject_id and t.interaction_id = v.id and t.url_id = d.url_id and ${JUST_BEFORE}
    where ${MAY_BE} and d.id not in (select call_id from clicked)
    group by d.id
    having count(distinct t.subject_id) = 1
  ),
  joined as materialized (
    select * from sure where call_id not in (select call_id from strangers)
    union all
    select * from clicked
    union all
    select * from near
  )
`;
