import type { Db } from "../db/client.ts";
import { int, type RowOf, row, word } from "../db/row.ts";
import { sql } from "../db/sql.ts";
import { CONSENT_DOORS, type ConsentDoor, PURPOSES, type Purpose } from "../fields/choices.ts";

const Rule = row({
  door: word(CONSENT_DOORS),
  purpose: word(PURPOSES).nullable(),
  /** Customers whom it leaves out now. */
  leavesOut: int,
});

/** Which consent each door asks for. */
export function findConsentRules(db: Db): Promise<RowOf<typeof Rule>[]> {
  return db.rows(
    Rule,
    sql`
      select d.door, d.purpose, (select count(*)::int from consent_closed x where x.door = d.door) as "leavesOut"
      from consent_doors d
      order by d.door
    `,
  );
}

export async function saveConsentRule(db: Db, door: ConsentDoor, purpose: Purpose | null): Promise<void> {
  await db.orm.consentRule.upsert({ where: { door }, create: { door, purpose }, update: { purpose } });
}
