import type { Db } from "../../db/client.ts";
import { instant, row, uuid } from "../../db/row.ts";
import { sql } from "../../db/sql.ts";
import type { Fact } from "../../facts/fact.ts";

const Erasure = row({ id: uuid, erasedAt: instant });

/** The records that carry an erased identity and happened before it was erased: replaying an old file brings nobody back. */
export async function findErased(db: Db, facts: readonly Fact[]): Promise<Set<string>> {
  const ids = new Set<string>();
  for (const { subject, others } of facts) for (const { id } of [subject, ...others]) ids.add(id);
  const erasures = await db.hot("erasures.find").rows(
    Erasure,
    sql`
      select identity_id as id, erased_at as "erasedAt" from erasures where identity_id = any(${[...ids]}::uuid[])
    `,
  );
  if (erasures.length === 0) return new Set();
  const erasedAt = new Map(erasures.map((erasure) => [erasure.id, erasure.erasedAt]));
  const isErased = (fact: Fact) =>
    [fact.subject, ...fact.others].some(({ id }) => (erasedAt.get(id)?.getTime() ?? -Infinity) > fact.at.getTime());
  return new Set(facts.filter(isErased).map((fact) => fact.id));
}
