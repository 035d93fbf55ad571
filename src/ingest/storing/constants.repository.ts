import type { Db } from "../../db/client.ts";
import { sql } from "../../db/sql.ts";
import type { DataQualityNote } from "../../facts/fact.ts";
import type { StandingLeg } from "../../identity/constants.repository.ts";

/** A leg, and whose it is from now on. */
interface Move {
  leg: StandingLeg;
  subjectId: string;
  customerId: string;
  notes: readonly DataQualityNote[];
}

/** Gives legs other subjects, with notes of why; those that are calls are matched again. */
export async function moveLegs(db: Db, moves: readonly Move[]): Promise<void> {
  if (moves.length === 0) return;
  const rows = sql`unnest(
    ${moves.map(({ leg }) => leg.subjectId)}::uuid[],
    ${moves.map(({ leg }) => leg.id)}::uuid[],
    ${moves.map(({ subjectId }) => subjectId)}::uuid[],
    ${moves.map(({ customerId }) => customerId)}::uuid[],
    ${moves.map(({ notes }) => JSON.stringify(notes))}::jsonb[]
  ) as n (contact, id, subject_id, customer_id, notes)`;
  await db.run(sql`
    update interactions l
    set subject_id = n.subject_id, customer_id = n.customer_id, match_status = null,
      data_quality = coalesce(l.data_quality, '[]') || n.notes
    from ${rows}
    where l.subject_id = n.contact and l.id = n.id
  `);
  await db.run(sql`update ingest_keys k set subject_id = n.subject_id from ${rows} where k.id = n.id`);
}
