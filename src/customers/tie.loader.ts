import DataLoader from "dataloader";
import { instant, int, list, row, text, uuid } from "../db/row.ts";
import { type Sql, sql } from "../db/sql.ts";
import { groupBy } from "../kit/group.ts";
import type { RequestContext } from "../request.ts";
import { identitiesLoader, MAX_IDENTITIES_SHOWN } from "./identity.loader.ts";
import type { IdentityRow } from "./identity.type.ts";
import { MAX_RECORDS_COUNTED } from "./ties.ts";

type Owned = Pick<IdentityRow, "id" | "customerId">;

const PairRow = row({
  customerId: uuid,
  subjectId: uuid,
  identityId: uuid,
  firstAt: instant,
  lastAt: instant,
  lastSource: text,
  lastRecordId: uuid,
  records: int.nullable(),
  sources: list(text),
});

/** Which identities of a customer were on records together while those were the customer's, by the customer's id. */
export const pairsLoader = (request: RequestContext) =>
  new DataLoader(async (ids: readonly string[]) => {
    const owned = (await Promise.all(ids.map((id) => request.once(identitiesLoader).load(id)))).flat();
    if (owned.length === 0) return ids.map(() => []);
    const byCustomer = groupBy(await request.db.rows(PairRow, pairsSql(owned)), (pair) => pair.customerId);
    return ids.map((id) => byCustomer.get(id) ?? []);
  });

/**
 * Steps from each identity of a customer to whatever was beside it on records, an index entry for each other identity
 * and none for each sighting, and keeps those of the same customer. Of a pair the first and the last sighting are read,
 * and of the newest so many what they are of, in each stretch of time for which the subject, and so the record, was the
 * customer's: without an assignment that is always.
 */
export function pairsSql(owned: readonly Owned[]): Sql {
  const customerIds = owned.map(({ customerId }) => customerId!);
  const identityIds = owned.map(({ id }) => id);
  return sql`
    with recursive owned (customer_id, id) as materialized (
      select * from unnest(${customerIds}::uuid[], ${identityIds}::uuid[])
    ),
    beside (subject_id, identity_id, step) as (
      select o.id, n.identity_id, 1
      from (select distinct id from owned) o
      cross join lateral (
        select s.identity_id
        from sightings s
        where s.subject_id = o.id
        order by s.identity_id
        limit 1
      ) n
      union all
      select b.subject_id, n.identity_id, b.step + 1
      from beside b
      cross join lateral (
        select s.identity_id
        from sightings s
        where s.subject_id = b.subject_id and s.identity_id > b.identity_id
        order by s.identity_id
        limit 1
      ) n
      where b.step < ${MAX_IDENTITIES_SHOWN}
    ),
    held as (
      select
        o.customer_id, o.id, coalesce(a.valid_from, '-infinity') as valid_from, coalesce(a.valid_to, 'infinity') as valid_to
      from owned o
      left join assignments a on a.subject_id = o.id and a.customer_id = o.customer_id and a.known_to = 'infinity'
    )
    select
      o.customer_id as "customerId",
      b.subject_id as "subjectId",
      b.identity_id as "identityId",
      earliest.at as "firstAt",
      latest.at as "lastAt",
      latest.source as "lastSource",
      latest.record_id as "lastRecordId",
      nullif(sample.records, ${MAX_RECORDS_COUNTED + 1}) as records,
      sample.sources
    from beside b
    join held o on o.id = b.subject_id
    join owned other on other.id = b.identity_id and other.customer_id = o.customer_id
    cross join lateral (
      select s.at
      from sightings s
      where s.subject_id = b.subject_id and s.identity_id = b.identity_id
      and s.at >= o.valid_from and s.at < o.valid_to
      order by s.at
      limit 1
    ) earliest
    cross join lateral (
      select s.at, s.source, s.record_id
      from sightings s
      where s.subject_id = b.subject_id and s.identity_id = b.identity_id
      and s.at >= o.valid_from and s.at < o.valid_to
      order by s.at desc
      limit 1
    ) latest
    cross join lateral (
      select count(*)::int as records, array_agg(distinct g.source collate "C" order by g.source collate "C") as sources
      from (
        select s.source
        from sightings s
        where s.subject_id = b.subject_id and s.identity_id = b.identity_id
        and s.at >= o.valid_from and s.at < o.valid_to
        order by s.at desc
        limit ${MAX_RECORDS_COUNTED + 1}
      ) g
    ) sample
  `;
}
