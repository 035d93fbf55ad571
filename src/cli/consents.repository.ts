import type { Db } from "../db/client.ts";
import { int, type RowOf, row, word } from "../db/row.ts";
import { sql } from "../db/sql.ts";
import { CONSENT_USES, type ConsentUse, PURPOSES, type Purpose } from "../fields/choices.ts";

const Rule = row({
  use: word(CONSENT_USES),
  purpose: word(PURPOSES).nullable(),
  /** Customers whom it leaves out now. */
  leavesOut: int,
});

/** Which consent each use asks for. */
export function findConsentRules(db: Db): Promise<RowOf<typeof Rule>[]> {
  return db.rows(
    Rule,
    sql`
      select d.use, d.purpose, (select count(*)::int from consent_closed x where x.use = d.use) as "leavesOut"
      from consent_uses d
      order by d.use
    `,
  );
}

export async function saveConsentRule(db: Db, use: ConsentUse, purpose: Purpose | null): Promise<void> {
  await db.orm.consentRule.upsert({ where: { use }, create: { use, purpose }, update: { purpose } });
}
