import type { Db } from "../../db/client.ts";
import { flag, instant, row, uuid } from "../../db/row.ts";
import { sql } from "../../db/sql.ts";
import type { Fact } from "../../facts/fact.ts";
import { identityId } from "../../kit/id.ts";

const Erased = row({ id: uuid, erasedAt: instant });

/** What stays of a record that was erased: a keyed hash of its id, which may follow from a number that can be guessed. */
export const erasedRecord = (key: Uint8Array, recordId: string): string =>
  identityId(key, "an erased record", recordId);

/**
 * The records that were erased or carry an erased identity, and happened before: replaying an old file brings nobody back.
 * What happens later to the same identity is a new customer's.
 */
export async function findErased(db: Db, facts: readonly Fact[], key: Uint8Array): Promise<Set<string>> {
  // Where nobody was, no record need be hashed.
  if (!(await hasErased(db))) return new Set();
  const hashes = new Map(facts.map((fact) => [fact, [...identitiesOf(fact), erasedRecord(key, fact.id)]]));
  const ids = new Set([...hashes.values()].flat());
  const erasures = await db
    .hot("erasures.find")
    .rows(Erased, sql`select id, erased_at as "erasedAt" from erasures where id = any(${[...ids]}::uuid[])`);
  if (erasures.length === 0) return new Set();
  const erasedAt = new Map(erasures.map((erasure) => [erasure.id, erasure.erasedAt.getTime()]));
  const isErased = (fact: Fact) =>
    hashes.get(fact)!.some((hash) => (erasedAt.get(hash) ?? Number.NEGATIVE_INFINITY) > fact.at.getTime());
  return new Set(facts.filter(isErased).map((fact) => fact.id));
}

const Any = row({ some: flag });

async function hasErased(db: Db): Promise<boolean> {
  const [any] = await db.hot("erasures.any").rows(Any, sql`select exists (select from erasures) as some`);
  return any!.some;
}

const identitiesOf = ({ subject, others }: Fact): string[] => [subject, ...others].map(({ id }) => id);
