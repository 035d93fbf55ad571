import DataLoader from "dataloader";
import { flag, instant, row, text, uuid, word } from "../db/row.ts";
import { type Sql, sql } from "../db/sql.ts";
import { STANDS_UNTIL } from "../facts/archive.sql.ts";
import { GUESTS } from "../facts/guests.sql.ts";
import { PUBLIC_ABOVE } from "../facts/identity.ts";
import { strongestFirst } from "../facts/normalise.ts";
import { groupBy, keyBy } from "../kit/group.ts";
import type { RequestContext } from "../request.ts";
import { IDENTITY_KINDS } from "./identity.type.ts";

/** Identities shown of one customer: a person has a few dozen; a carrier that collects thousands of others is a robot. */
export const MAX_IDENTITIES_SHOWN = 500;

const COLUMNS = sql`i.id, i.namespace, coalesce(i.display, i.value) as value, i.kind, i.born_at as "bornAt"`;
const StoredIdentity = row({ id: uuid, namespace: text, value: text, kind: word(IDENTITY_KINDS), bornAt: instant });
const OwnedIdentity = StoredIdentity.extend({ customerId: uuid });

/** All identities that are a customer's now or were for a time, by the customer's id, strongest first. */
export const identitiesLoader = ({ db, rules }: RequestContext) =>
  new DataLoader(async (ids: readonly string[]) => {
    const rows = await db.hot("identities.of_customers").rows(OwnedIdentity, identitiesSql(ids));
    const byCustomer = groupBy(rows, (row) => row.customerId);
    return ids.map((id) => (byCustomer.get(id) ?? []).sort((a, b) => strongestFirst(a, b, rules)));
  });

function identitiesSql(ids: readonly string[]): Sql {
  return sql`
    select k.id as "customerId", ${COLUMNS}
    from unnest(${ids}::uuid[]) as k (id)
    cross join lateral (
      select own.id
      from (
        select a.subject_id as id
        from assignments a
        where a.customer_id = k.id and a.known_to = 'infinity'
        union
        select i.id
        from identities i
        where i.customer_id = k.id
        and not exists (select from assignments a where a.subject_id = i.id and a.known_to = 'infinity')
      ) own
      limit ${MAX_IDENTITIES_SHOWN}
    ) own
    join identities i on i.id = own.id
    where i.kind <> 'RECORD'
  `;
}

/** Identities by their own ids. */
export const identityLoader = ({ db }: RequestContext) =>
  new DataLoader(async (ids: readonly string[]) => {
    const rows = await db.rows(
      StoredIdentity,
      sql`select ${COLUMNS} from identities i where i.id = any(${ids}::uuid[])`,
    );
    const found = keyBy(rows, (row) => row.id);
    return ids.map((id) => found.get(id) ?? null);
  });

const SeenIdentity = row({ id: uuid, firstSeenAt: instant.nullable(), lastSeenAt: instant.nullable() });

/** When identities were first and last on a record, as its subject or beside it; by the identity's id. */
export const seenLoader = ({ db }: RequestContext) =>
  new DataLoader(async (ids: readonly string[]) => {
    const rows = await db.rows(
      SeenIdentity,
      sql`
        select
          k.id,
          least(t.first_at, i.first_at, c.first_at, s.first_at) as "firstSeenAt",
          greatest(t.last_at, i.last_at, c.last_at, s.last_at) as "lastSeenAt"
        from unnest(${ids}::uuid[]) as k (id)
        cross join lateral (
          select min(x.occurred_at) as first_at, max(x.occurred_at) as last_at from touchpoints x where x.subject_id = k.id
        ) t
        cross join lateral (
          -- Of touchpoints in the archive there are their visits.
          select
            min(x.session_start_time) as first_at,
            max(case when x.is_visit then x.session_end_time else x.session_start_time end) as last_at
          from interactions x
          where x.subject_id = k.id and (not x.is_visit or x.session_start_time < ${STANDS_UNTIL})
        ) i
        cross join lateral (
          select min(x.observed_at) as first_at, max(x.observed_at) as last_at
          from customer_records x
          where x.subject_id = k.id
        ) c
        cross join lateral (
          select min(x.at) as first_at, max(x.at) as last_at from sightings x where x.identity_id = k.id
        ) s
      `,
    );
    const found = keyBy(rows, (row) => row.id);
    return ids.map((id) => found.get(id) ?? { firstSeenAt: null, lastSeenAt: null });
  });

/** Sightings of one subject that are read to see that many share it. */
const MOST_READ = 2_000;

const SharedIdentity = row({ id: uuid, isShared: flag, isPublic: flag });

/** Whether identities are several customers' over time, or nobody's; by the identity's id. */
export const sharingLoader = ({ db }: RequestContext) =>
  new DataLoader(async (ids: readonly string[]) => {
    const rows = await db.rows(
      SharedIdentity,
      sql`
        select k.id, o.owners > 1 as "isShared", k.is_public or greatest(p.subjects, q.others) > ${PUBLIC_ABOVE} as "isPublic"
        from identities k
        cross join lateral (
          select count(distinct a.customer_id)::int as owners
          from assignments a
          where a.subject_id = k.id and a.known_to = 'infinity'
        ) o
        cross join lateral (
          select count(*)::int as subjects
          from (
            select distinct s.subject_id
            from sightings s
            join identities u on u.id = s.subject_id and u.kind in ('ANCHOR', 'PERSONAL')
            where s.identity_id = k.id and s.source <> all(${GUESTS})
            limit ${PUBLIC_ABOVE + 1}
          ) used
        ) p
        cross join lateral (
          select coalesce(max(n.others), 0)::int as others
          from (
            select count(distinct s.identity_id) as others
            from (
              select s.identity_id
              from sightings s
              where s.subject_id = k.id and k.kind in ('ANCHOR', 'PERSONAL') and s.source <> all(${GUESTS})
              limit ${MOST_READ}
            ) s
            join identities u on u.id = s.identity_id and u.kind in ('ANCHOR', 'PERSONAL')
            group by u.namespace
          ) n
        ) q
        where k.id = any(${ids}::uuid[])
      `,
    );
    const found = keyBy(rows, (row) => row.id);
    return ids.map((id) => found.get(id) ?? { isShared: false, isPublic: false });
  });

const FormerId = row({ customerId: uuid, id: uuid });

/** Ids that were merged into customers: those that identities of theirs were born with and that stand for nobody now. */
export const formerIdsLoader = ({ db }: RequestContext) =>
  new DataLoader(async (ids: readonly string[]) => {
    const rows = await db.rows(
      FormerId,
      sql`
        select a.customer_id as "customerId", i.customer_id as id
        from assignments a
        join identities i on i.id = a.subject_id
        where a.customer_id = any(${ids}::uuid[])
        and a.known_to = 'infinity'
        and a.valid_from <= statement_timestamp()
        and a.valid_to > statement_timestamp()
        and i.kind <> 'RECORD'
        and not exists (
          select from assignments o
          where o.subject_id = i.id and o.known_to = 'infinity' and o.customer_id = i.customer_id
        )
        order by i.born_at, i.customer_id
      `,
    );
    const byCustomer = groupBy(rows, (row) => row.customerId);
    return ids.map((id) => (byCustomer.get(id) ?? []).map((row) => row.id));
  });
