import { sql } from "../../db/sql.ts";
import { CLOSED_MONTHS, STANDS_UNTIL } from "../../facts/archive.sql.ts";

// What visits say of the web before a call `d`, where touchpoints are in the archive.

/** A visit on the web `w` before the call whose touchpoints are in the archive. */
const ARCHIVED_VISIT = sql`
  w.is_visit and w.channel_type in ('WEB', 'APP') and w.session_start_time < ${STANDS_UNTIL} and w.session_start_time <= d.at
`;

/** The visitor or the customer was on the web in a month that is in the archive. */
export const SEEN_IN_ARCHIVE = sql`(
  exists (select from ${CLOSED_MONTHS})
  and (
    d.is_known and exists (select from interactions w where w.customer_id = d.customer_id and ${ARCHIVED_VISIT})
    or exists (
      select
      from visitors v
      join interactions w on w.subject_id = v.identity_id and ${ARCHIVED_VISIT}
      where v.call_id = d.id
    )
    or exists (
      select
      from visitors v
      join sightings s on s.identity_id = v.identity_id and s.at <= d.at
      join interactions w
        on w.subject_id = s.subject_id and w.session_start_time <= s.at and w.session_end_time >= s.at and ${ARCHIVED_VISIT}
      where v.call_id = d.id
    )
  )
)`;
