import { int, type RowOf, row, text, word } from "../../db/row.ts";
import { type Sql, sql } from "../../db/sql.ts";
import { isNobody } from "../../facts/nobody.sql.ts";
import { MATCH_METHODS, MATCH_STATUSES } from "../../fields/choices.ts";
import { during } from "../filter.sql.ts";
import type { MatchQualityInput } from "./match-quality.type.ts";

/** Calls of one source with the same answer. */
export const MatchCount = row({
  source: text,
  status: word(MATCH_STATUSES),
  method: word(MATCH_METHODS).nullable(),
  calls: int,
});
export type MatchCount = RowOf<typeof MatchCount>;

/** How many touchpoints were somebody's before stitching and after, and how many identities are several people's. */
export const IdentifiedRow = row({
  touchpoints: int,
  before: int,
  after: int,
  shared: int,
});
export type IdentifiedRow = RowOf<typeof IdentifiedRow>;

/**
 * The first leg of its call, of somebody if one is, by the account of whoever carried it: what a transfer adds came out of
 * no visit of its own.
 */
const IS_FIRST = sql`(
    i.shares_call is not true
    or not exists (
      select from interactions o
      where o.contact_id = i.contact_id and o.channel_type = 'VOICE' and not o.is_visit and o.is_consult is not true
      and (${isNobody(sql`o.customer_id`)}, o.call_id is not null, o.session_start_time, o.id)
        < (${isNobody(sql`i.customer_id`)}, i.call_id is not null, i.session_start_time, i.id)
    )
  )`;

/** A call that was not matched yet is none of the matched: what is known of its caller says which of the others it is. */
export function callsSql({ period, sources }: MatchQualityInput): Sql {
  return sql`
select c.source, c.status, c.method, count(*)::int as calls
from (
  select
    i.source,
    i.match_method::text as method,
    coalesce(
      i.match_status::text,
      case
        when ${isNobody(sql`i.customer_id`)} then 'NO_IDENTITY'
        when exists (
          select from touchpoints t
          where t.customer_id = i.customer_id
          and t.occurred_at <= i.session_start_time
          and t.channel in ('WEB', 'APP')
        ) then 'OUT_OF_SESSION'
        else 'OFFLINE'
      end
    ) as status
  from interactions i
  where not i.is_visit
  and i.channel_type = 'VOICE'
  and i.is_consult is not true
  and ${IS_FIRST}
  and i.session_start_time >= ${period.from}
  and i.session_start_time < ${period.to}
  and ${among(sql`i.source`, sources)}
) c
group by c.source, c.status, c.method
order by c.source, c.status, c.method
`;
}

/**
 * A touchpoint's subject is the strongest identity it carried, and a customer's id is that which their strongest
 * identity was born with: two look-ups tell what stitching added.
 */
export function identifiedSql({ period, sources }: MatchQualityInput): Sql {
  return sql`
with
  people as materialized (
    select i.id, i.customer_id
    from identities i
    where i.kind in ('ANCHOR', 'PERSONAL')
  ),
  shared as (
    select a.subject_id as id
    from assignments a
    where a.known_to = 'infinity'
    group by a.subject_id
    having min(a.customer_id::text) < max(a.customer_id::text)
  )
select
  count(*)::int as touchpoints,
  (count(*) filter (where e.subject_id in (select p.id from people p)))::int as before,
  (count(*) filter (where e.customer_id in (select p.customer_id from people p)))::int as after,
  (
    select count(*)::int
    from shared h
    where exists (
      select from customer_events e
      where e.subject_id = h.id and ${during(period)} and ${among(sql`e.source`, sources)}
    )
    or exists (
      select from sightings s
      where s.identity_id = h.id and s.at >= ${period.from} and s.at < ${period.to} and ${among(sql`s.source`, sources)}
    )
  ) as shared
from customer_events e
where ${during(period)}
and ${among(sql`e.source`, sources)}
`;
}

function among(column: Sql, sources: readonly string[] | null | undefined): Sql {
  return sources == null ? sql`true` : sql`${column} = any(${sources}::text[])`;
}
