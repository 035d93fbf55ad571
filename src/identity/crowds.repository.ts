import type { Db } from "../db/client.ts";
import { flag, type RowOf, row, uuid } from "../db/row.ts";
import { sql } from "../db/sql.ts";
import { GUESTS } from "../facts/guests.sql.ts";
import { STITCHING_LIMITS } from "./evidence.ts";

const Counted = row({ id: uuid, isCrowd: flag });
type Counted = RowOf<typeof Counted>;

/**
 * Whether each of these persons was seen with more telephones or browsers than a person has. The index is read from one identity to
 * the next, since a customer of many years has a hundred thousand sightings of three.
 */
export async function findCrowds(db: Db, persons: readonly string[]): Promise<Counted[]> {
  if (persons.length === 0) return [];
  return db.rows(
    Counted,
    sql`
      select
        k.id, c.telephones > ${STITCHING_LIMITS.telephones} or c.browsers > ${STITCHING_LIMITS.browsers} as "isCrowd"
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
        where exists (
          select
          from sightings s
          where s.subject_id = k.id and s.identity_id = seen.id and s.source <> all(${GUESTS})
        )
      ) c
      where k.id = any(${persons}::uuid[]) and k.kind in ('ANCHOR', 'PERSONAL')
    `,
  );
}

/** Marks persons as public, or takes the mark off them. */
export async function markPersons(db: Db, counted: readonly Counted[]): Promise<void> {
  if (counted.length === 0) return;
  await db.run(sql`
    update identities i set is_public = n.is_crowd
    from unnest(${counted.map(({ id }) => id)}::uuid[], ${counted.map(({ isCrowd }) => isCrowd)}::boolean[]) as n (id, is_crowd)
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
