import type { Db } from "../../db/client.ts";
import { flag, Id, instant, list, type RowOf, row, text, uuid } from "../../db/row.ts";
import { sql } from "../../db/sql.ts";
import { CLOSED_MONTHS } from "../../facts/archive.sql.ts";

const Held = row({
  id: uuid,
  namespace: text,
  value: text,
  display: text.nullable(),
  birthId: uuid,
  isSole: flag,
});
/** An identity of a customer, with the customer id that it was born with; sole where nobody else ever has it. */
export type Held = RowOf<typeof Held>;

/** The identities of which a customer owns some time. */
export function findHeld(db: Db, customerId: string): Promise<Held[]> {
  return db.rows(
    Held,
    sql`
      with held as (
        select a.subject_id as id from assignments a where a.customer_id = ${customerId}::uuid and a.known_to = 'infinity'
        union
        select i.id from identities i
        where i.customer_id = ${customerId}::uuid
        and not exists (select from assignments a where a.subject_id = i.id and a.known_to = 'infinity')
      )
      select
        i.id, i.namespace, i.value, i.display, i.customer_id as "birthId",
        not exists (
          select from assignments o
          where o.subject_id = i.id and o.known_to = 'infinity' and o.customer_id <> ${customerId}::uuid
        ) as "isSole"
      from held h
      join identities i on i.id = h.id
      order by i.namespace, i.value collate "C"
    `,
  );
}

/** These identities, as far as they are stored. */
export function findNamed(db: Db, ids: readonly string[]): Promise<Held[]> {
  return db.rows(
    Held,
    sql`
      select i.id, i.namespace, i.value, i.display, i.customer_id as "birthId", true as "isSole"
      from identities i
      where i.id = any(${[...ids]}::uuid[])
    `,
  );
}

const Birth = row({ at: instant.nullable() });

/** When the first of these identities was stored. */
export async function findFirstBirth(db: Db, ids: readonly string[]): Promise<Date | null> {
  const [first] = await db.rows(
    Birth,
    sql`select min(born_at) as at from identities where id = any(${[...ids]}::uuid[])`,
  );
  return first!.at;
}

const ARCHIVED = sql`
  ingest_keys k
  join ${CLOSED_MONTHS} on k.kind = 'touchpoint' and k.occurred_at >= m.starts_at and k.occurred_at < m.ends_at
`;

/** The records whose rows are a customer's now, in the archive too. */
export async function findRecordsOf(db: Db, customerId: string): Promise<string[]> {
  const rows = await db.rows(
    Id,
    sql`
      select t.id from touchpoints t where t.customer_id = ${customerId}::uuid
      union
      select i.id from interactions i where i.customer_id = ${customerId}::uuid and not i.is_visit
      union
      select c.id from customer_records c where c.customer_id = ${customerId}::uuid
      union
      select k.id
      from ${ARCHIVED}
      join identities i on i.id = k.subject_id
      left join assignments a on a.subject_id = k.subject_id and a.known_to = 'infinity'
        and k.occurred_at >= a.valid_from and k.occurred_at < a.valid_to
      where coalesce(a.customer_id, i.customer_id) = ${customerId}::uuid
    `,
  );
  return rows.map(({ id }) => id);
}

const Name = row({ name: text });

/** The names that these records give the customer. */
export async function findDisplayNames(db: Db, records: readonly string[]): Promise<string[]> {
  const rows = await db.rows(
    Name,
    sql`
      select distinct display_name as name
      from customer_records
      where id = any(${[...records]}::uuid[]) and display_name is not null
    `,
  );
  return rows.map(({ name }) => name);
}

/** The records whose subject is one of these identities. */
export async function findRecordsAbout(db: Db, identities: readonly string[]): Promise<string[]> {
  const about = sql`any(${[...identities]}::uuid[])`;
  const rows = await db.rows(
    Id,
    sql`
      select t.id from touchpoints t where t.subject_id = ${about}
      union
      select i.id from interactions i where i.subject_id = ${about} and not i.is_visit
      union
      select c.id from customer_records c where c.subject_id = ${about}
      union
      select k.id from ${ARCHIVED} where k.subject_id = ${about}
    `,
  );
  return rows.map(({ id }) => id);
}

const Owners = row({ ids: list(uuid) });

/** The customers who own one of these identities now, whenever. */
export async function findOwnersNow(db: Db, identities: readonly string[]): Promise<string[]> {
  const [owners] = await db.rows(
    Owners,
    sql`
      select array(
        select a.customer_id from assignments a
        where a.subject_id = any(${[...identities]}::uuid[]) and a.known_to = 'infinity'
        union
        select i.customer_id from identities i
        where i.id = any(${[...identities]}::uuid[])
        and not exists (select from assignments a where a.subject_id = i.id and a.known_to = 'infinity')
      ) as ids
    `,
  );
  return owners!.ids;
}
