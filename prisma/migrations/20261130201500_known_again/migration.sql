-- Whoever adds a column to one of these tables calls this: the views of the schema `known` have the columns that their tables
-- had when the views were made.
create procedure known.make_again() language plpgsql as $$
declare
  event record;
  events constant text := pg_get_viewdef('public.customer_events'::regclass);
  customers constant text := pg_get_viewdef('public.customers'::regclass);
  path constant text := current_setting('search_path');
begin
  drop view known.customer_events, known.customers, known.touchpoints, known.interactions, known.customer_records;
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
  -- The views over these tables, word for word.
  perform set_config('search_path', 'known, ' || path, true);
  execute 'create view known.customer_events as ' || events;
  execute 'create view known.customers as ' || customers;
  perform set_config('search_path', path, true);
end
$$;
