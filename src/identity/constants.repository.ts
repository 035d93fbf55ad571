import type { Db } from "../db/client.ts";
import { flag, instant, list, type RowOf, row, text, uuid } from "../db/row.ts";
import { sql } from "../db/sql.ts";
import { CONSTANT_ABOVE, type KnownContact } from "../facts/constants.ts";
import type { SightingKey } from "./evidence.ts";

const StoredContact = row({ id: uuid, isPublic: flag, others: list(uuid), legs: list(uuid) });

/** Sightings of one contact that are read: a visit has thousands, nearly all of one visitor. */
const MOST_READ = 2_000;

/** What is stored of these contacts, as far as it takes to see that one is a constant. */
export async function findContacts(db: Db, ids: readonly string[]): Promise<KnownContact[]> {
  if (ids.length === 0) return [];
  return db.hot("identities.contacts").rows(
    StoredContact,
    sql`
      select
        c.id, c.is_public as "isPublic",
        array(
          select o.id
          from (
            select s.id
            from (
              (select s.subject_id as id from sightings s where s.identity_id = c.id limit ${MOST_READ})
              union all
              (select s.identity_id from sightings s where s.subject_id = c.id limit ${MOST_READ})
            ) s
            group by s.id
          ) o
          cross join lateral (
            select
            from identities i
            where i.id = o.id and case c.namespace when 'contact' then i.namespace <> 'contact' else i.namespace = 'phone' end
            offset 0
          ) i
          limit ${Math.max(CONSTANT_ABOVE.others, CONSTANT_ABOVE.telephones) + 1}
        ) as others,
        array(
          select l.id
          from interactions l
          where c.namespace = 'contact' and l.subject_id = c.id and not l.is_visit
          limit ${CONSTANT_ABOVE.legs + 1}
        ) as legs
      from identities c
      where c.id = any(${ids}::uuid[])
    `,
  );
}

/** A leg whose subject is a contact, and what else it was seen with. */
const StandingLeg = row({
  id: uuid,
  subjectId: uuid,
  source: text,
  sourceId: text,
  at: instant,
  customerId: uuid,
  universalSessionId: text.nullable(),
  contactKey: text.nullable(),
  sessionId: text.nullable(),
  others: list(uuid),
});
export type StandingLeg = RowOf<typeof StandingLeg>;

/** The legs of which one of these contacts is the subject, or one of these browsers beside a telephone. */
export async function findLegsOf(db: Db, contacts: readonly string[]): Promise<StandingLeg[]> {
  return db.rows(
    StandingLeg,
    sql`
      select
        l.id, l.subject_id as "subjectId", l.source, l.source_id as "sourceId", l.session_start_time as at,
        l.customer_id as "customerId", l.universal_session_id as "universalSessionId", l.contact_key as "contactKey",
        l.session_id as "sessionId",
        array(
          select s.identity_id
          from sightings s
          where s.subject_id = l.subject_id and s.at = l.session_start_time and s.record_id = l.id
        ) as others
      from interactions l
      join identities c on c.id = l.subject_id
      where l.subject_id = any(${contacts}::uuid[]) and not l.is_visit and (
        c.namespace = 'contact' or exists (
          select
          from sightings s
          join identities i on i.id = s.identity_id and i.namespace = 'phone'
          where s.subject_id = l.subject_id and s.at = l.session_start_time and s.record_id = l.id
        )
      )
      order by l.id
    `,
  );
}

const Key = row({ identityId: uuid, at: instant, subjectId: uuid, recordId: uuid });

/** The sightings of these contacts, and those of these legs with one of them, or a browser, as the subject. */
export async function findSightingsOf(
  db: Db,
  contacts: readonly string[],
  legs: readonly StandingLeg[],
): Promise<SightingKey[]> {
  const columns = sql`s.identity_id as "identityId", s.at, s.subject_id as "subjectId", s.record_id as "recordId"`;
  return db.rows(
    Key,
    sql`
      select ${columns}
      from sightings s
      join identities c on c.id = s.identity_id and c.namespace = 'contact'
      where s.identity_id = any(${contacts}::uuid[])
      union
      select ${columns}
      from unnest(
        ${legs.map(({ subjectId }) => subjectId)}::uuid[],
        ${legs.map(({ at }) => at.toISOString())}::timestamptz[],
        ${legs.map(({ id }) => id)}::uuid[]
      ) as k (subject_id, at, id)
      join sightings s on s.subject_id = k.subject_id and s.at = k.at and s.record_id = k.id
    `,
  );
}
