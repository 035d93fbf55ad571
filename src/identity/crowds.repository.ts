import type { Db } from "../db/client.ts";
import { flag, type RowOf, row, uuid } from "../db/row.ts";
import { type Sql, sql } from "../db/sql.ts";
import { GUESTS } from "../facts/guests.sql.ts";
import { type Pair, STITCHING_LIMITS } from "./evidence.ts";

const Turned = row({ id: uuid, isCrowd: flag });
type Turned = RowOf<typeof Turned>;

/**
 * Those of these persons who are a crowd now, seen with more telephones or browsers than a person has, or are none any more;
 * who is marked already gains nothing, who is not loses nothing. The index is read from one identity to the next, since a
 * customer of many years has a hundred thousand sightings of three; `limit 1` keeps the planner from reading all of them.
 */
export async function findTurned(
  db: Db,
  { gaining, losing }: { gaining: readonly string[]; losing: readonly string[] },
): Promise<Turned[]> {
  if (gaining.length + losing.length === 0) return [];
  return db.hot("identities.turned").rows(
    Turned,
    sql`
      select k.id, not k.is_public as "isCrowd"
      from identities k
      cross join lateral (
        with recursive seen (id) as (
          (select s.identity_id from sightings s where s.subject_id = k.id order by s.identity_id limit 1)
          union all
          select (
            select s.identity_id
            from sightings s
            where s.subject_id = k.id and s.identity_id > seen.id
            order by s.identity_id
            limit 1
          )
          from seen
          where seen.id is not null
        )
        select
          count(*) filter (where i.namespace = 'phone') as telephones,
          count(*) filter (where i.namespace <> all(array['phone', 'contact'])) as browsers
        from seen
        cross join lateral (
          select i.namespace from identities i where i.id = seen.id and i.kind = 'CARRIER' offset 0
        ) i
        cross join lateral (
          select
          from sightings s
          where s.subject_id = k.id and s.identity_id = seen.id and s.source <> all(${GUESTS})
          limit 1
        ) s
      ) c
      where k.id = any(${[...gaining, ...losing]}::uuid[]) and k.kind in ('ANCHOR', 'PERSONAL')
      and k.id = any(case when k.is_public then ${losing}::uuid[] else ${gaining}::uuid[] end)
      and (c.telephones > ${STITCHING_LIMITS.telephones} or c.browsers > ${STITCHING_LIMITS.browsers}) <> k.is_public
    `,
  );
}

/** Marks persons as public, or takes the mark off them. */
export async function markPersons(db: Db, turned: readonly Turned[]): Promise<void> {
  if (turned.length === 0) return;
  await db.run(sql`
    update identities i set is_public = n.is_crowd
    from unnest(${turned.map(({ id }) => id)}::uuid[], ${turned.map(({ isCrowd }) => isCrowd)}::boolean[]) as n (id, is_crowd)
    where i.id = n.id
  `);
}

/** Marks these persons and no others. */
export async function markOnly(db: Db, crowds: ReadonlySet<string>): Promise<void> {
  await db.run(sql`
    update identities i set is_public = not i.is_public
    where i.kind in ('ANCHOR', 'PERSONAL') and i.is_public <> (i.id = any(${[...crowds]}::uuid[]))
  `);
}

/** Crowds, and single pairs of others. */
interface Listed {
  crowds: readonly string[];
  pairs: readonly Pair[];
}

/** Takes these off the list of conflicts. */
export async function removeConflicts(db: Db, { crowds, pairs }: Listed): Promise<void> {
  if (crowds.length + pairs.length === 0) return;
  await db.run(sql`
    delete from conflicts c
    using (
      select k.id as a_id, i.id as b_id
      from unnest(${crowds}::uuid[]) as k (id)
      join conflicts o on o.a_id = k.id
      join identities i on i.id = o.b_id and i.kind = 'CARRIER'
      union
      select * from ${pairsIn(pairs)}
    ) k
    where c.a_id = k.a_id and c.b_id = k.b_id
  `);
}

/** Lists what was seen of these crowds and pairs: each telephone and browser once, as it was seen last. */
export async function insertConflicts(db: Db, { crowds, pairs }: Listed): Promise<void> {
  if (crowds.length + pairs.length === 0) return;
  await db.run(sql`
    insert into conflicts (a_id, b_id, kind, observed_at, source)
    select distinct on (s.subject_id, s.identity_id) s.subject_id, s.identity_id, 'CONTESTED', s.at, s.source
    from (
      select s.*
      from unnest(${crowds}::uuid[]) as k (id)
      cross join lateral (select * from sightings s where s.subject_id = k.id offset 0) s
      union
      select s.*
      from ${pairsIn(pairs)}
      cross join lateral (
        select * from sightings s where s.subject_id = k.a_id and s.identity_id = k.b_id offset 0
      ) s
    ) s
    join identities a on a.id = s.subject_id and a.kind in ('ANCHOR', 'PERSONAL')
    join identities b on b.id = s.identity_id and b.kind = 'CARRIER' and b.namespace <> 'contact'
    where s.source <> all(${GUESTS})
    order by s.subject_id, s.identity_id, s.at desc, s.source collate "C"
    on conflict (a_id, b_id, kind) do update set observed_at = excluded.observed_at, source = excluded.source
  `);
}

function pairsIn(pairs: readonly Pair[]): Sql {
  const [a, b] = [pairs.map(({ subject }) => subject), pairs.map(({ identity }) => identity)];
  return sql`unnest(${a}::uuid[], ${b}::uuid[]) as k (a_id, b_id)`;
}
