-- CreateTable
CREATE TABLE "history" (
    "relation" TEXT NOT NULL,
    "subject_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "until" TIMESTAMPTZ(6) NOT NULL,
    "body" JSONB NOT NULL
);

-- CreateIndex
CREATE INDEX "history_until" ON "history"("relation", "until");

-- CreateIndex
CREATE INDEX "history_subject" ON "history"("subject_id");

-- AlterTable
ALTER TABLE "sightings" ADD COLUMN "known_from" TIMESTAMPTZ(3) NOT NULL DEFAULT clock_timestamp();

-- What rows said before they were changed or deleted. The database itself keeps it, so that no writer can forget to. A row
-- that its own transaction wrote was known to nobody. The arguments are the columns of the subject and of the record.
create function keep_history() returns trigger language plpgsql as $$
declare
  -- Without nulls, in columns of JSON too: a key without a value reads like none. Of 80 columns most are null.
  was constant jsonb := json_strip_nulls(to_json(old));
begin
  insert into history (relation, subject_id, id, until, body)
  values (tg_table_name, (was ->> tg_argv[0])::uuid, (was ->> tg_argv[1])::uuid, clock_timestamp(), was);
  return null;
end
$$;

-- Left out of history is whose a row is, since `assignments` have it, and when a visit ends, which its touchpoints say and each
-- of them would change.
create trigger keep_changed after update on touchpoints for each row
when (old.ingested_at < now() and old.interaction_id <> new.interaction_id)
execute function keep_history('subject_id', 'id');

create trigger keep_changed after update on interactions for each row
when (
  old.ingested_at < now()
  and (
    old.session_start_time, old.channel_type, old.universal_session_id, old.device, old.contact_keys,
    old.contact_id, old.shares_call, old.is_crowded, old.campaign, old.medium,
    old.match_status, old.match_method, old.match_confidence, old.match_page, old.match_url, old.match_seconds,
    old.match_campaign, old.match_medium, old.match_campaign_source, old.match_referrer, old.match_landing_page
  ) is distinct from (
    new.session_start_time, new.channel_type, new.universal_session_id, new.device, new.contact_keys,
    new.contact_id, new.shares_call, new.is_crowded, new.campaign, new.medium,
    new.match_status, new.match_method, new.match_confidence, new.match_page, new.match_url, new.match_seconds,
    new.match_campaign, new.match_medium, new.match_campaign_source, new.match_referrer, new.match_landing_page
  )
)
execute function keep_history('subject_id', 'id');

create trigger keep_deleted after delete on touchpoints for each row
when (old.ingested_at < now()) execute function keep_history('subject_id', 'id');

create trigger keep_deleted after delete on interactions for each row
when (old.ingested_at < now()) execute function keep_history('subject_id', 'id');

create trigger keep_deleted after delete on customer_records for each row
when (old.ingested_at < now()) execute function keep_history('subject_id', 'id');

create trigger keep_deleted after delete on sightings for each row
when (old.known_from < now()) execute function keep_history('subject_id', 'record_id');

create trigger keep_deleted after delete on identities for each row
when (old.born_at < now()) execute function keep_history('id', 'id');

create trigger keep_deleted after delete on assignments for each row
when (old.known_from < now()) execute function keep_history('subject_id', 'subject_id');

-- The database as it was known at an instant, which the setting c360.known_at names: relations of the names that readers
-- know, for who has `known` first in the search path. What is not here (the dictionary, settings of sources and
-- namespaces) is read as it is today.
create schema known;

create function known.at() returns timestamptz language sql stable as $$
  select current_setting('c360.known_at')::timestamptz
$$;

create view known.identities as
select * from public.identities where born_at <= (select known.at())
union all
select i.*
from public.history h
cross join lateral jsonb_populate_record(null::public.identities, h.body) i
where h.relation = 'identities' and h.until > (select known.at()) and i.born_at <= (select known.at());

create view known.sightings as
select * from public.sightings where known_from <= (select known.at())
union all
select s.*
from public.history h
cross join lateral jsonb_populate_record(null::public.sightings, h.body) s
where h.relation = 'sightings' and h.until > (select known.at()) and s.known_from <= (select known.at());

create view known.assignments as
select a.subject_id, a.valid_from, a.valid_to, a.known_from, 'infinity'::timestamptz(3) as known_to, a.customer_id
from (
  select * from public.assignments
  union all
  select a.*
  from public.history h
  cross join lateral jsonb_populate_record(null::public.assignments, h.body) a
  where h.relation = 'assignments' and h.until > (select known.at())
) a
where a.known_from <= (select known.at()) and a.known_to > (select known.at());

-- The rows of records that stood then and stand no more: of each record the first that stood until later. A visit is one of
-- each subject that it has, a leg is one whosever it is.
create view known.gone as
select distinct on (h.relation, h.id, h.visitor) h.relation, h.id, h.visitor, h.body
from (
  select *, case when relation = 'interactions' and (body -> 'is_visit')::boolean then subject_id end as visitor
  from public.history
) h
where h.until > (select known.at()) and (h.body ->> 'ingested_at')::timestamptz <= (select known.at())
order by h.relation, h.id, h.visitor, h.until;

-- These, and the rows that stand since. The customer is whose the subject was at the time of the event, as was known.
do $$
declare
  event record;
begin
  for event in
    select
      e.relation, e.at, e.visitor,
      string_agg(
        case c.attname when 'customer_id' then 'coalesce(a.customer_id, i.customer_id) as customer_id' else format('r.%I', c.attname) end,
        ', ' order by c.attnum
      ) as columns
    from (
      values
        ('touchpoints', 'occurred_at', 'null'),
        ('interactions', 'session_start_time', 'case when r.is_visit then r.subject_id end'),
        ('customer_records', 'observed_at', 'null')
    ) as e (relation, at, visitor)
    join pg_attribute c on c.attrelid = e.relation::regclass and c.attnum > 0 and not c.attisdropped
    group by e.relation, e.at, e.visitor
  loop
    execute format(
      $view$
        create view known.%1$I as
        select %2$s
        from (
          select r.*
          from public.%1$I r
          where r.ingested_at <= (select known.at())
          and not exists (
            select from known.gone g
            where g.relation = %1$L and g.id = r.id and g.visitor is not distinct from %3$s::uuid
          )
          union all
          select r.*
          from known.gone g
          cross join lateral jsonb_populate_record(null::public.%1$I, g.body) r
          where g.relation = %1$L
        ) r
        left join known.identities i on i.id = r.subject_id
        left join known.assignments a
          on a.subject_id = r.subject_id and a.valid_from <= r.%4$I and a.valid_to > r.%4$I
      $view$,
      event.relation, event.columns, event.visitor, event.at
    );
  end loop;
end
$$;

-- The views over these tables, word for word.
do $$
declare
  events constant text := pg_get_viewdef('customer_events'::regclass);
  customers constant text := pg_get_viewdef('customers'::regclass);
begin
  perform set_config('search_path', 'known, ' || current_setting('search_path'), true);
  execute 'create view known.customer_events as ' || events;
  execute 'create view known.customers as ' || customers;
end
$$;
