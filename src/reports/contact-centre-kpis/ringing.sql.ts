import { type Sql, sql } from "../../db/sql.ts";
import { HANDLED, LEGS, WITHOUT_AGENTS } from "./legs.sql.ts";

/** Seconds between two rings of one search for an agent: a queue tries the next one after a pause. */
const PAUSE = 10;

/** Outcomes of a ring that nobody answered; any other is what the search came to. */
const IN_VAIN = ["ABANDONED", "FAILED"];

/** The legs that may be one ring of several, with when they rang. Without a number dialled, or a skill, nobody can tell. */
const RANG = sql`
  select
    e.id, e.contact_id, e.tracking_number, e.agent_skill_id, e.started_at as ring_at,
    not ${HANDLED} and coalesce(e.outcome = any(${IN_VAIN}::outcome[]), true) as is_in_vain,
    greatest(
      e.started_at,
      case
        when ${HANDLED} then coalesce(e.interaction_start_time, e.started_at + make_interval(secs => e.queue_seconds))
        else coalesce(e.ended_at, e.session_end_time)
      end
    ) as ring_end
  from (${LEGS}
    and i.contact_id in (select t.contact_id from told t)
    and (i.tracking_number is not null or i.agent_skill_id is not null)
    and i.call_id is null
    and i.channel_type <> all(${WITHOUT_AGENTS}::channel[])
  ) e`;

/** What rings for one destination: the number that the customer dialled, and the queue or group that it came to. */
const SEARCH = sql`r.contact_id, r.tracking_number, r.agent_skill_id`;

/** The same, with the number of the search that each belongs to. */
const SEARCHED = sql`
  select
    r.*,
    count(*) filter (where r.begins) over (
      partition by ${SEARCH} order by r.ring_at, r.id
    ) as search
  from (
    select
      r.*,
      coalesce(
        r.ring_at > make_interval(secs => ${PAUSE}) + max(r.ring_end) over (
          partition by ${SEARCH}
          order by r.ring_at, r.id
          rows between unbounded preceding and 1 preceding
        ),
        true
      ) as begins
    from (${RANG}) r
  ) r`;

/**
 * `rings`: legs of one contact and one destination that rang at the same time or one after the other are one search for
 * an agent (a ring group, a hunt, a queue that tries again). Of those that rang in vain only the last is a leg, and none
 * where the search came to something. Needs `told`, the legs that are asked about, whose contacts are read whole.
 */
export const RINGS: Sql = sql`
  select
    s.id,
    min(s.ring_at) over search as search_at,
    count(*) over search > 1 as is_search,
    s.is_in_vain and (
      bool_or(not s.is_in_vain) over search
      or s.id <> first_value(s.id) over (search order by s.ring_end desc, s.id desc)
    ) as is_attempt
  from (${SEARCHED}) s
  window search as (partition by s.contact_id, s.tracking_number, s.agent_skill_id, s.search)`;
