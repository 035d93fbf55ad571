import { type RowOf, row, uuid } from "../../db/row.ts";
import { type Sql, sql } from "../../db/sql.ts";
import { newestFirstOf } from "../../facts/event-order.sql.ts";
import { CALL_TRACKERS, FOREIGN_PREFIXES } from "../../facts/rules.ts";
import { pauseBefore, TIMEOUT } from "../../facts/sessions.sql.ts";
import { SEEN_IN_ARCHIVE } from "./match-archive.sql.ts";
import { ARRIVAL } from "./match-arrival.sql.ts";
import { joinedSql, LONGEST, NEWEST } from "./match-nearby.sql.ts";

// How calls meet the web (definitions §3.14): in the order visitor id, lent number, caller, click to call, proximity.

/** Where a call stands. */
export const CallKey = row({ subjectId: uuid, id: uuid });
export type CallKey = RowOf<typeof CallKey>;

const TOUCH = sql`
  t.subject_id, t.occurred_at, t.id, coalesce(t.ended_at, t.occurred_at) as ended_at, t.interaction_id, t.sequence, t.channel, t.kind
`;
const ON_THE_WEB = sql`t.channel in ('WEB', 'APP')`;

/** The calls, and what each carried. */
const dueSql = (keys: readonly CallKey[]): Sql => sql`
  due as materialized (
    select
      i.subject_id, i.id, i.customer_id, i.source, i.session_start_time as at, i.tracking_number, i.page_url,
      n.campaign as number_campaign, n.medium as number_medium,
      exists (
        select from identities s
        where s.customer_id = i.customer_id and s.kind <> 'RECORD' and s.namespace <> 'contact'
      ) as is_known
    from unnest(
      ${keys.map(({ subjectId }) => subjectId)}::uuid[],
      ${keys.map(({ id }) => id)}::uuid[]
    ) as k (subject_id, id)
    -- One by one: until the table has statistics, a join would read all the calls there are.
    cross join lateral (
      select * from interactions i where i.subject_id = k.subject_id and i.id = k.id limit 1
    ) i
    left join tracking_numbers n on n.number = i.tracking_number
    where i.channel_type = 'VOICE' and not i.is_visit
  ),
  carried as materialized (
    select d.id as call_id, n.id as identity_id, n.namespace, n.value, n.kind
    from due d
    cross join lateral (select * from identities n where n.id = d.subject_id offset 0) n
    union all
    select d.id, n.id, n.namespace, n.value, n.kind
    from due d
    cross join lateral (
      select s.identity_id from sightings s
      where s.subject_id = d.subject_id and s.at = d.at and s.record_id = d.id
      offset 0
    ) s
    cross join lateral (select * from identities n where n.id = s.identity_id offset 0) n
  ),
  visitors as materialized (
    select c.call_id, c.identity_id, c.value, 1 as way
    from carried c
    where c.kind = 'CARRIER' and c.namespace not in ('phone', 'contact')
    union all
    select d.id, l.identity_id, null, 2
    from due d
    join tracking_leases l on l.number = d.tracking_number and l.valid_from <= d.at and l.valid_to > d.at
  ),
  strangers as materialized (
    select distinct v.call_id
    from visitors v
    join due d on d.id = v.call_id
    left join sources o on o.name = d.source
    where exists (
      select
      from unnest(
        case
          when o.name is not null then o.foreign_prefixes
          when d.source = any(${CALL_TRACKERS}::text[]) then ${FOREIGN_PREFIXES}::text[]
        end
      ) as p (prefix)
      where starts_with(lower(v.value), lower(p.prefix))
    )
  )
`;

/** The last moment on the web before each call, of the visitor whom it names and of the customer who made it. */
const SEEN = sql`
  seen as materialized (
    select v.call_id, v.way, w.*
    from visitors v
    join due d on d.id = v.call_id
    cross join lateral (
      select t.*
      from (
        (
          select ${TOUCH} from touchpoints t
          where t.subject_id = v.identity_id and t.occurred_at <= d.at and ${ON_THE_WEB}
          order by ${NEWEST}
          limit 1
        )
        union all
        (
          select ${TOUCH}
          from sightings s
          join touchpoints t on t.subject_id = s.subject_id and t.occurred_at = s.at and t.id = s.record_id
          where s.identity_id = v.identity_id and s.at <= d.at and ${ON_THE_WEB}
          order by ${NEWEST}
          limit 1
        )
      ) t
      order by ${NEWEST}
      limit 1
    ) w
    union all
    select d.id, 3, w.*
    from due d
    cross join lateral (
      select ${TOUCH} from touchpoints t
      where t.customer_id = d.customer_id and t.occurred_at <= d.at and ${ON_THE_WEB}
      order by ${NEWEST}
      limit 1
    ) w
    where d.is_known
  )
`;

/** Whether no pause between the moment `s` and the call `d` was longer than the timeout, other channels included. */
const UNBROKEN = sql`
  case
    when d.at - s.ended_at <= ${TIMEOUT} then true
    else not exists (
      select
      from (
        select ${pauseBefore(sql`order by e.occurred_at, e.ended_at`)} as idle
        from (
          select s.occurred_at, s.ended_at
          union all
          select e.occurred_at, e.ended_at
          from customer_events e
          where e.customer_id = d.customer_id
          and e.occurred_at > s.occurred_at - ${LONGEST} and e.occurred_at < d.at and e.ended_at > s.occurred_at
          union all
          select d.at, d.at
        ) e
      ) pauses
      where idle > ${TIMEOUT}
    )
  end
`;

/** The page that was being looked at: the one that the tracker names, else the last of the visit. */
const PAGE = sql`
  select n.name, u.name as url, p.occurred_at
  from touchpoints p
  left join items n on n.id = p.item_id
  left join items u on u.id = p.url_id
  where p.subject_id = j.subject_id and p.interaction_id = j.interaction_id and p.kind = 'PAGE_VIEW'
  and p.occurred_at <= j.occurred_at and p.occurred_at > j.occurred_at - ${LONGEST}
  order by coalesce(u.name = d.page_url, false) desc, ${newestFirstOf(sql`p`)}
  limit 1
`;

/** The visit came by the campaign that the number dialled stands for. */
const BY_CAMPAIGN = sql`exists (
  select
  from touchpoints t
  join items m on m.id = t.campaign_id
  where t.subject_id = j.subject_id and t.interaction_id = j.interaction_id
  and t.occurred_at <= j.occurred_at and t.occurred_at > j.occurred_at - ${LONGEST} and m.name = d.number_campaign
)`;

const NAMED = sql`exists (select from carried c where c.call_id = d.id and c.kind in ('ANCHOR', 'PERSONAL'))`;
const SHARED_PHONE = sql`exists (
  select
  from carried c
  join assignments a on a.subject_id = c.identity_id and a.known_to = 'infinity' and a.customer_id <> d.customer_id
  where c.call_id = d.id and c.namespace = 'phone' and c.identity_id = d.subject_id
)`;

const ANSWERED = sql`
  answered as materialized (
    select
      d.subject_id, d.id, d.number_campaign, d.number_medium,
      case
        when d.id in (select call_id from strangers) then 'UNUSABLE'
        when j.call_id is not null then 'MATCHED'
        when d.id in (select call_id from seen) or ${SEEN_IN_ARCHIVE} then 'OUT_OF_SESSION'
        when d.is_known then 'OFFLINE'
        else 'NO_IDENTITY'
      end::match_status as status,
      case
        when j.way = 1 then 'VISITOR_ID'
        when j.way = 2 or (j.way = 3 and j.by_campaign) then 'TRACKING_NUMBER'
        when j.way = 3 then 'CALLER_NUMBER'
        when j.way = 4 then 'CLICK_TO_CALL'
        when j.way = 5 then 'PROXIMITY'
      end::match_method as method,
      case
        when j.way = 1 then 1
        when j.way = 2 then 0.95
        when j.way = 3 and j.by_campaign then 0.95
        when j.way = 3 then case when ${NAMED} then 0.95 when ${SHARED_PHONE} then 0.6 else 0.9 end
        when j.way = 4 then 0.7
        when j.way = 5 then 0.4
      end::float8 as confidence,
      p.name as page, p.url, floor(extract(epoch from d.at - coalesce(p.occurred_at, j.occurred_at)))::int as seconds,
      b.campaign, b.medium, b.campaign_source, b.referrer, b.landing_page
    from due d
    left join lateral (
      select j.*, d.number_campaign is not null and ${BY_CAMPAIGN} as by_campaign from joined j where j.call_id = d.id
    ) j on true
    left join lateral (${PAGE}) p on j.call_id is not null
    left join lateral (${ARRIVAL}) b on j.call_id is not null
  )
`;

/**
 * Matches calls to the web, all at once; a matched call takes over what brought its visit. Gives a call to a tracking number
 * its campaign where the record has none.
 * Writes only what differs; answers the customers of the calls that it wrote.
 */
export const matchSql = (keys: readonly CallKey[]): Sql => sql`
  with ${dueSql(keys)}, ${SEEN}, ${joinedSql(UNBROKEN)}, ${ANSWERED}
  update interactions i
  set
    match_status = a.status, match_method = a.method, match_confidence = a.confidence, match_page = a.page,
    match_url = a.url, match_seconds = a.seconds, match_campaign = a.campaign, match_medium = a.medium,
    match_campaign_source = a.campaign_source, match_referrer = a.referrer, match_landing_page = a.landing_page, campaign = coalesce(i.campaign, a.number_campaign),
    medium = case when i.campaign is null then coalesce(i.medium, a.number_medium) else i.medium end
  from answered a
  where i.subject_id = a.subject_id and i.id = a.id
  and (
    (
      i.match_status, i.match_method, i.match_confidence, i.match_page, i.match_url, i.match_seconds, i.match_campaign,
      i.match_medium, i.match_campaign_source, i.match_referrer, i.match_landing_page
    ) is distinct from (
      a.status, a.method, a.confidence, a.page, a.url, a.seconds, a.campaign, a.medium, a.campaign_source, a.referrer,
      a.landing_page
    )
    or (i.campaign is null and a.number_campaign is not null)
  )
  returning i.customer_id
`;
