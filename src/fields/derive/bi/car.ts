import { CAR } from "../../car.ts";
import type { Field } from "../../field.ts";
import { columnsOf } from "../columns.ts";
import { computedOf } from "../computed.ts";
import { isLetOut, leftOutOf, selection, shownIn, titlesOf } from "./columns.ts";

const SURVIVING = shownIn(CAR);
const DERIVED: readonly string[] = computedOf(CAR);

/** Selects the surviving value of a field out of the JSON of all surviving values. */
function survivingOf(field: Field): string[] {
  const [column] = columnsOf(field);
  const text = `s.fields ->> '${field.name}'`;
  const or = (value: string) => (DERIVED.includes(field.name) ? `coalesce(${value}, u.${column})` : value);
  switch (field.type) {
    case "int":
      return [or(`(${text})::integer`)];
    case "bool":
      return [or(`(${text})::boolean`)];
    case "money":
      return [`split_part(${text}, ' ', 1)::numeric`, `split_part(${text}, ' ', 2)`];
    case "list":
      if (field.choices) return [or(`(${joined(`s.fields -> '${field.name}'`)})`)];
      return titlesOf(field).map((_, position) => `s.fields -> '${field.name}' ->> ${position}`);
    default:
      return [or(text)];
  }
}

function joined(list: string): string {
  return `select string_agg(k.value, ', ' order by k.place) from jsonb_array_elements_text(${list}) with ordinality as k (value, place)`;
}

/** A field as JSON, so that one column holds all fields. */
function jsonOf(field: Field): string {
  const [column, currency] = columnsOf(field).map((name) => `r.${name}`);
  return `('${field.name}', to_jsonb(${currency ? `${column} || ' ' || ${currency}` : column}))`;
}

export const CAR_VIEW = `\
-- CAR, one row for each customer of whom a source has stated anything: the surviving values as src/customers/survive.ts
-- has them, and those of src/customers/usage.ts where nobody states any. "CustomerKey" joins it to the other two.
-- Left out as personal: ${leftOutOf(CAR)}.
create view bi.car as
select
  c.id as "CustomerKey",
  ${selection(SURVIVING, survivingOf)}
from (
  select distinct r.customer_id as id from customer_records r where ${isLetOut("r.customer_id")}
) c
cross join lateral (
  select jsonb_object_agg(b.field, b.value) as fields
  from (
    select distinct on (v.field) v.field, v.value
    from customer_records r
    left join sources o on o.name = r.source
    cross join lateral (
      values
        ${SURVIVING.map(jsonOf).join(",\n        ")}
    ) v (field, value)
    where r.customer_id = c.id
    and v.value is not null
    and v.value <> '[]'
    -- 100 is the rank of a source without settings.
    order by
      v.field,
      coalesce(o.rank, 100),
      coalesce((r.stated ->> v.field)::timestamptz, r.observed_at) desc,
      r.source collate "C",
      r.source_id collate "C"
  ) b
) s
cross join lateral (
  with used as (
    select
      i.channel_type as channel,
      i.device,
      count(distinct i.id) as interactions,
      min(i.session_start_time) as first_at,
      max(i.session_start_time) as last_at
    from interactions i
    where i.customer_id = c.id
    group by i.channel_type, i.device
  )
  select
    (
      select string_agg(k.channel::text, ', ' order by k.interactions desc, k.last_at desc, k.channel)
      from (
        select n.channel, sum(n.interactions) as interactions, max(n.last_at) as last_at
        from used n
        group by n.channel
        order by interactions desc, last_at desc, n.channel
        limit 3
      ) k
    ) as common_channels,
    (
      select n.device
      from used n
      where n.device is not null
      group by n.device
      order by sum(n.interactions) desc, max(n.last_at) desc, min(n.channel)
      limit 1
    ) as device,
    (select sum(n.interactions)::integer from used n where n.channel = 'BRANCH') as branch_visits,
    jsonb_array_length(s.fields -> 'products') as number_of_total_products,
    -- Whole calendar months in UTC, the time of day left aside.
    (
      select greatest(0, (
        extract(year from t.now) * 12 + extract(month from t.now)
        - extract(year from t.first) * 12 - extract(month from t.first)
        - (extract(day from t.now) < extract(day from t.first))::integer
      )::integer)
      from (select now() at time zone 'UTC' as now, min(n.first_at) at time zone 'UTC' as first from used n) t
      where t.first is not null
    ) as tenure_months
) u;`;
