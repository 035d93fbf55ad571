import type { Db } from "../../db/client.ts";
import { instant, json, type RowOf, row, text, uuid } from "../../db/row.ts";
import { sql } from "../../db/sql.ts";
import type { CustomerFact } from "../../facts/fact.ts";

// What each record of a customer said by itself. The stored row is all of them merged, so that a withdrawal merges the rest.

type Statement = Pick<CustomerFact, "source" | "sourceId" | "body" | "own" | "named" | "withdrawn" | "none">;

/** Keeps what these records say by themselves; each is of another customer record. */
export async function keepStatements(db: Db, facts: readonly CustomerFact[], batchId: string): Promise<void> {
  if (facts.length === 0) return;
  await db.hot("statements.keep").run(sql`
    insert into revisions (record_id, body_hash, revision, body, kept_at, batch_id)
    select s.id, decode(s.hash, 'hex'), s.revision, jsonb_build_object('statement', s.statement, 'place', 1 + p.last),
      clock_timestamp(), ${batchId}::uuid
    from unnest(
      ${facts.map((fact) => fact.id)}::uuid[],
      ${facts.map((fact) => fact.bodyHash)}::text[],
      ${facts.map((fact) => fact.revision?.toISOString() ?? null)}::timestamptz[],
      ${facts.map((fact) => JSON.stringify(statementOf(fact)))}::jsonb[]
    ) as s (id, hash, revision, statement)
    cross join lateral (
      select coalesce(max((r.body -> 'place')::int), 0) as last from revisions r where r.record_id = s.id
    ) p
    on conflict (record_id, body_hash) do nothing
  `);
}

const statementOf = ({ source, sourceId, body, own, named, withdrawn, none }: CustomerFact): Statement => ({
  source,
  sourceId,
  body,
  own,
  named,
  withdrawn,
  none,
});

/** A statement and the batch that brought it. */
export interface KeptStatement {
  fact: CustomerFact;
  batchId: string;
}

const StatementRow = row({ id: uuid, bodyHash: text, at: instant, batchId: uuid, statement: json<Statement>() });

/** Of the records that these batches said something of, what others said, in the order in which it came. */
export async function findStatementsBeside(db: Db, batches: readonly string[]): Promise<KeptStatement[]> {
  const rows = await db.rows(
    StatementRow,
    sql`
      select
        r.record_id as id, encode(r.body_hash, 'hex') as "bodyHash", r.revision as at, r.batch_id as "batchId",
        r.body -> 'statement' as statement
      from revisions r
      where r.body ? 'statement' and r.batch_id <> all(${batches}::uuid[])
      and r.record_id in (
        select o.record_id from revisions o where o.body ? 'statement' and o.batch_id = any(${batches}::uuid[])
      )
      order by r.record_id, (r.body -> 'place')::int
    `,
  );
  return rows.map(keptStatementOf);
}

function keptStatementOf({ batchId, statement, at, ...key }: RowOf<typeof StatementRow>): KeptStatement {
  // What was kept before null said anything of identities has no `none`.
  const told = { ...key, ...statement, none: statement.none ?? [], revision: at, at };
  return { batchId, fact: { ...told, kind: "customer", subject: statement.own, others: [], nameless: null } };
}
