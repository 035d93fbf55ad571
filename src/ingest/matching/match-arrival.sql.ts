import { type Sql, sql } from "../../db/sql.ts";
import { LONGEST, NEWEST } from "./match-nearby.sql.ts";

const lastOf = (value: Sql): Sql => sql`(array_agg(${value} order by ${NEWEST}) filter (where ${value} <> ''))[1]`;

/**
 * What brought the visit that a call came out of, of which `j` is the last moment: each as the last page before the call
 * that says it has it, so that it is what attribution to the last touch credits. A visit across a log-in has several
 * subjects. One that nothing is known to have brought landed on the page that it began with.
 */
export const ARRIVAL = sql`
  select
    ${lastOf(sql`c.name`)} as campaign,
    ${lastOf(sql`c.section`)} as medium,
    ${lastOf(sql`o.name`)} as campaign_source,
    ${lastOf(sql`r.name`)} as referrer,
    ${lastOf(sql`l.name`)} as landing_page
  from interactions v
  join touchpoints t on t.subject_id = v.subject_id and t.interaction_id = v.id
  left join items c on c.id = t.campaign_id
  left join items o on o.id = t.campaign_source_id
  left join items r on r.id = t.referrer_id and r.kind = 'REFERRER'
  left join items l on l.id = coalesce(
    t.landing_page_id,
    case
      when t.occurred_at = (select min(w.session_start_time) from interactions w where w.id = v.id) then t.url_id
    end
  )
  where v.id = j.interaction_id
  and t.kind = 'PAGE_VIEW'
  and t.occurred_at <= j.occurred_at
  and t.occurred_at > j.occurred_at - ${LONGEST}
`;
