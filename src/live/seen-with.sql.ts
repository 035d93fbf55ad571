import { sql } from "../db/sql.ts";

// Whom an identity was seen with. Its owners over time are not all of them: of several customers of one instant the last is
// its owner, and the others may be calling as well.

/** The most records of an identity that are looked at: its newest. */
const NEWEST = 500;

/** A half-life of thirty days: who used a shared phone this week is likelier than who used it in spring. */
const WEIGHT = sql`power(0.5, greatest(extract(epoch from statement_timestamp() - s.at)::float8, 0) / 2592000)`;

/**
 * `met`: the persons that an identity of `owners` was seen with, each with all the customers it ever belonged to. Of an
 * identity that a verdict gave to somebody they do not count, nor does whoever a verdict keeps from it. `everybodys`: those
 * that were seen with persons and belong to nobody but themselves.
 */
export const seenWithSql = sql`
  met as materialized (
    select k.id, k.is_own, p.id as subject_id, coalesce(a.customer_id, p.customer_id) as customer_id
    from (select id, bool_and(customer_id = born_as) as is_own from owners group by id) k
    cross join lateral (
      select distinct s.subject_id
      from (select s.subject_id from sightings s where s.identity_id = k.id order by s.at desc limit ${NEWEST}) s
    ) s
    join identities p on p.id = s.subject_id and p.kind in ('ANCHOR', 'PERSONAL')
    left join assignments a on a.subject_id = p.id and a.known_to = 'infinity'
    where not exists (
      select
      from verdicts v
      where v.withdrawn_at is null
      and (v.left_ids @> array[k.id] or v.right_ids @> array[k.id])
      and (v.kind = 'MUST' or exists (
        select
        from identities f
        left join assignments b on b.subject_id = f.id and b.known_to = 'infinity'
        where f.id = any(case when v.left_ids @> array[k.id] then v.right_ids else v.left_ids end)
        and coalesce(b.customer_id, f.customer_id) = coalesce(a.customer_id, p.customer_id)
      ))
    )
  ),
  everybodys as (select distinct id from met where is_own)
`;

/**
 * `used`: how often each of the customers used an identity that several did. A moment counts for whoever its subject
 * belonged to then.
 */
export const usedSql = sql`
  used as (
    select c.id, u.customer_id, count(*) as times, sum(u.weight) as weight, max(u.at) as last_at
    from (
      select id
      from (select id, customer_id from owners union all select id, customer_id from met where not is_own) k
      group by id
      having count(distinct customer_id) > 1
    ) c
    cross join lateral (
      select coalesce(a.customer_id, p.customer_id) as customer_id, s.at, ${WEIGHT} as weight
      from (
        select s.at, s.subject_id from sightings s where s.identity_id = c.id order by s.at desc limit ${NEWEST}
      ) s
      join identities p on p.id = s.subject_id
      left join assignments a
        on a.subject_id = p.id and a.known_to = 'infinity' and a.valid_from <= s.at and a.valid_to > s.at
    ) u
    where exists (select from owners o where o.id = c.id and o.customer_id = u.customer_id)
    or exists (select from met m where m.id = c.id and m.customer_id = u.customer_id)
    group by c.id, u.customer_id
  )
`;

/** The most identities beside one that are looked at. */
const BESIDE = 50;

/**
 * Whether nothing names the customer of `k` together with its identity, be it on one record or by one identity that was
 * beside both: they are its owner by a chain, as all telephones of one contact are.
 */
export const isByChainSql = sql`
  s.kind = 'CARRIER'
  and not exists (select from met m where m.id = k.id)
  and not exists (
    select
    from verdicts v
    where v.withdrawn_at is null and v.kind = 'MUST' and (v.left_ids @> array[k.id] or v.right_ids @> array[k.id])
  )
  and not exists (
    select
    from (
      select i.id from identities i where i.customer_id = k.customer_id
      union
      select a.subject_id from assignments a where a.customer_id = k.customer_id and a.known_to = 'infinity'
    ) theirs
    join identities p on p.id = theirs.id and p.kind in ('ANCHOR', 'PERSONAL')
    where exists (
      select
      from (
        select k.id
        union all
        (select distinct n.subject_id from (
          select n.subject_id from sightings n where n.identity_id = k.id order by n.at desc limit ${NEWEST}
        ) n limit ${BESIDE})
        union all
        (select distinct n.identity_id from (
          select n.identity_id from sightings n where n.subject_id = k.id order by n.at desc limit ${NEWEST}
        ) n limit ${BESIDE})
      ) beside
      join sightings t on t.subject_id = p.id and t.identity_id = beside.id
    )
  )
`;
