import { cells, objectOf } from "../db/fields.ts";
import { flag, float, instant, int, json, list, loose, type RowOf, row, text, uuid, word } from "../db/row.ts";
import { type Sql, sql } from "../db/sql.ts";
import type { RowBounds } from "../facts/visible.sql.ts";
import { PURPOSES } from "../fields/choices.ts";
import { DoingRow, doingOf } from "./doing.sql.ts";
import { PROFILE } from "./person.ts";
import { isByChainSql, seenWithSql, usedSql } from "./seen-with.sql.ts";

/** The identities and the dialled number of a call, and who asks. */
export interface WhoQuery {
  viewer: RowBounds;
  identityIds: readonly string[];
  dialledNumber: string | null;
}

/** An identity of the call with one of its present or earlier owners. */
const OwnerRow = row({
  identityId: uuid,
  customerId: uuid,
  way: word(["IDENTITY", "LEASE"]),
  kind: word(["ANCHOR", "PERSONAL", "CARRIER"]),
  namespace: text,
  isNow: flag,
  /** How many customers ever owned it, or were seen with it at the moment at which another became its owner. */
  owners: int,
  /** Whether it was seen with persons and belongs to none of them: too many, or a setting or a verdict says so. */
  isEverybodys: flag,
  /** Whether nothing names its customer with it, not even by way of one other identity. */
  isByChain: flag,
  /** Of a shared identity: the records that show it with this customer, and their weight by age. */
  times: int.nullable(),
  weight: float.nullable(),
  allWeight: float.nullable(),
  lastAt: text.nullable(),
});
export type OwnerRow = RowOf<typeof OwnerRow>;

/** What a source states of a customer, as far as a look-up asks. */
const RecordRow = row({
  source: text,
  sourceId: text,
  observedAt: text,
  stated: json<Readonly<Record<string, string>>>().nullable(),
  signals: list(loose({ code: text, score: float.nullish() })).nullable(),
  values: row(cells(PROFILE)),
});
export type RecordRow = RowOf<typeof RecordRow>;

const PersonRow = row({
  id: uuid,
  isAnonymous: flag,
  createdAt: text,
  /** The consent without which the look-up says who it is and no more. */
  shortOf: word(PURPOSES).nullable(),
  records: list(RecordRow).nullable(),
});
export type PersonRow = RowOf<typeof PersonRow>;

/**
 * The answer: the present and earlier owners of the identities, what sources state about them, and the dialled number.
 */
export const WhoRow = row({
  now: instant,
  owners: list(OwnerRow).nullable(),
  people: list(PersonRow).nullable(),
  dialled: row({ campaign: text.nullable(), medium: text.nullable() }).nullable(),
  /** What the customer has been doing, where only one customer is possible. */
  doing: DoingRow.nullable(),
});
export type WhoRow = RowOf<typeof WhoRow>;

/**
 * Who may be calling: present and earlier owners of the call's identities, and visitors to whom the dialled number was
 * lent.
 */
export const whoSql = ({ identityIds, dialledNumber, viewer }: WhoQuery): Sql => sql`
  with shown as (
    select i.id, i.namespace, i.kind, i.customer_id, 'IDENTITY' as way
    from identities i
    where i.id = any(${identityIds}::uuid[])
    union
    select i.id, i.namespace, i.kind, i.customer_id, 'LEASE'
    from tracking_leases l
    join identities i on i.id = l.identity_id
    where l.number = ${dialledNumber}::text and l.valid_from <= statement_timestamp() and l.valid_to > statement_timestamp()
  ),
  owners as (
    select
      s.id, s.way, s.customer_id as born_as, coalesce(a.customer_id, s.customer_id) as customer_id,
      bool_or(a.subject_id is null or (a.valid_from <= statement_timestamp() and a.valid_to > statement_timestamp())) as is_now
    from shown s
    left join assignments a on a.subject_id = s.id and a.known_to = 'infinity'
    group by s.id, s.way, s.customer_id, coalesce(a.customer_id, s.customer_id)
  ),
  ${seenWithSql},
  ${usedSql},
  answered as (
    select
      k.id as "identityId", k.customer_id as "customerId", k.way, s.kind, s.namespace,
      coalesce(k.is_now, false) or coalesce(u.last_at = max(u.last_at) filter (where k.is_now) over each_one, false)
        as "isNow",
      count(*) over each_one as owners, k.is_everybodys as "isEverybodys", ${isByChainSql} as "isByChain",
      u.times, u.weight,
      sum(u.weight) over each_one as "allWeight", u.last_at as "lastAt"
    from (
      select id, way, customer_id, bool_or(is_now) as is_now, bool_or(is_everybodys) as is_everybodys
      from (
        select o.id, o.way, o.customer_id, o.is_now, e.id is not null as is_everybodys
        from owners o
        left join everybodys e using (id)
        union all
        select u.id, s.way, u.customer_id, false, false
        from used u
        join shown s using (id)
      ) k
      group by id, way, customer_id
    ) k
    join shown s on s.id = k.id and s.way = k.way
    left join used u on u.id = k.id and u.customer_id = k.customer_id
    window each_one as (partition by k.id, k.way)
  ),
  people as (
    select
      p.customer_id as id, p.kind in ('CARRIER', 'RECORD') as "isAnonymous", p.born_at as "createdAt",
      (select x.purpose::text from consent_closed x where x.use = 'LOOKUP' and x.customer_id = k.id) as "shortOf",
      (
        select jsonb_agg(jsonb_build_object(
          'source', r.source, 'sourceId', r.source_id, 'observedAt', r.observed_at, 'stated', r.stated,
          'signals', r.signals, 'values', ${objectOf("r", PROFILE)}
        ))
        from customer_records r
        where r.customer_id = k.id
      ) as records
    from (select distinct "customerId" as id from answered) k
    join identities p on p.customer_id = k.id
  ),
  sole as (
    select (array_agg(a."customerId"))[1] as id from answered a having count(distinct a."customerId") = 1
  )
  select
    statement_timestamp() as now,
    (select jsonb_agg(to_jsonb(a)) from answered a) as owners,
    (select jsonb_agg(to_jsonb(p)) from people p) as people,
    (
      select jsonb_build_object('campaign', t.campaign, 'medium', t.medium)
      from tracking_numbers t
      where t.number = ${dialledNumber}::text
    ) as dialled,
    (select to_jsonb(d) from sole o cross join lateral (${doingOf(sql`o.id`, viewer)}) d) as doing
`;
