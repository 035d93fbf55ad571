-- Touchpoints without a session id are cut into visits by pauses; until now, a subject's day was one.
alter table "sources" add column "visit_timeout_minutes" integer not null default 30;
alter table "touchpoints" add column "is_cut" boolean;

-- The visits around an instant, one by one: few rows, since most visits have a session id.
create index "interactions_cut" on "interactions"("subject_id", "source", "session_start_time") where "is_visit" and "session_id" is null;

-- Each touchpoint of a day, and the first of its visit: pauses longer than 30 minutes end one.
create table "cut_by_pauses" as
select t.*, first_value(t.id) over (partition by t.subject_id, t.source, t.visit order by t.occurred_at, t.id) as first_id
from (
  select t.*, count(*) filter (where t.is_start) over (partition by t.subject_id, t.source order by t.occurred_at, t.id) as visit
  from (
    select
      t.subject_id, t.source, t.occurred_at, t.id, i.id as day_id,
      coalesce(
        t.occurred_at - max(coalesce(t.ended_at, t.occurred_at)) over (
          partition by t.subject_id, t.source order by t.occurred_at, t.id rows between unbounded preceding and 1 preceding
        ) > interval '30 minutes',
        true
      ) as is_start
    from "touchpoints" t
    join "interactions" i on i.subject_id = t.subject_id and i.id = t.interaction_id
    where i.is_visit and i.session_id is null
  ) t
) t;

-- A visit's id is that of its first touchpoint, the last bit turned (src/facts/visit-id.ts).
update "touchpoints" t
set is_cut = true, interaction_id = (
  left(c.first_id::text, 35) || to_hex(('x' || right(c.first_id::text, 1))::bit(4)::integer # 1)
)::uuid
from "cut_by_pauses" c
where t.subject_id = c.subject_id and t.occurred_at = c.occurred_at and t.id = c.id;

-- What tied the day to a contact ties its visits: `npm run rebuild` says which of them is the least.
insert into "interactions" (
  subject_id, id, source, source_id, ingested_at, customer_id, is_visit, channel_type, universal_session_id,
  session_start_time, session_end_time, device, contact_keys, contact_id
)
select
  t.subject_id, t.interaction_id, t.source, t.interaction_id::text, min(t.ingested_at),
  (array_agg(t.customer_id order by t.occurred_at, t.id))[1], true, min(t.channel),
  min(t.universal_session_id collate "C"), min(t.occurred_at), max(coalesce(t.ended_at, t.occurred_at)),
  min(t.device collate "C"), array_agg(distinct k.key) filter (where k.key is not null),
  (array_agg(coalesce(d.contact_id, d.id)) filter (where k.key is not null))[1]
from "cut_by_pauses" c
join "touchpoints" t on t.subject_id = c.subject_id and t.occurred_at = c.occurred_at and t.id = c.id
join "interactions" d on d.subject_id = c.subject_id and d.id = c.day_id
left join lateral unnest(t.contact_keys) as k (key) on true
group by t.subject_id, t.interaction_id, t.source;

delete from "interactions" i
using (select distinct subject_id, day_id from "cut_by_pauses") d
where i.subject_id = d.subject_id and i.id = d.day_id;

drop table "cut_by_pauses";

-- Bodies that a withdrawal may put back: pauses say which visit they are of then.
update "revisions" r
set body = jsonb_set(r.body - 'visit', '{row,is_cut}', 'true')
where r.body -> 'row' ? 'occurred_at'
and jsonb_typeof(r.body -> 'visit') = 'object'
and jsonb_typeof(r.body -> 'visit' -> 'session_id') is distinct from 'string';
