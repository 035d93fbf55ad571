import type { Db } from "../db/client.ts";
import { sql } from "../db/sql.ts";
import type { Identity, Verdict } from "../facts/identity.ts";
import { newId } from "../kit/id.ts";

/** The database's clock: verdicts are ordered by it, whichever instance takes them. */
export async function findNow(db: Db): Promise<Date> {
  const [row] = await db.query<{ now: Date }>(sql`select clock_timestamp()::timestamptz(3) as now`);
  return row!.now;
}

export async function insertVerdict(
  db: Db,
  { id, kind, left, right, at }: Verdict,
  { by, reason }: { by: string; reason: string },
): Promise<void> {
  await db.query(sql`
    insert into verdicts (id, kind, left_ids, right_ids, decided_by, decided_at, reason)
    values (
      ${id}::uuid, ${kind}::verdict_kind, ${[...left]}::uuid[], ${[...right]}::uuid[], ${by}, ${at.toISOString()}::timestamptz,
      ${reason}
    )
  `);
}

/** A verdict, held until the transaction ends. */
export async function lockVerdict(db: Db, id: string): Promise<(Verdict & { withdrawnAt: Date | null }) | null> {
  const rows = await db.query<Verdict & { withdrawnAt: Date | null }>(sql`
    select id, kind, left_ids as left, right_ids as right, decided_at as at, withdrawn_at as "withdrawnAt"
    from verdicts
    where id = ${id}::uuid
    for update
  `);
  return rows[0] ?? null;
}

export async function markWithdrawn(db: Db, id: string, { by, reason }: { by: string; reason: string }): Promise<void> {
  await db.query(sql`
    update verdicts
    set withdrawn_at = clock_timestamp(), withdrawn_by = ${by}, withdrawn_reason = ${reason}
    where id = ${id}::uuid
  `);
}

/** An identity that a customer holds now. */
export interface Member extends Pick<Identity, "id" | "namespace" | "value" | "kind"> {
  /** Whether it was nobody else's at any time. */
  isSole: boolean;
}

/** What a customer holds now, of whichever id it ever had. */
export async function findMembers(db: Db, customerId: string): Promise<Member[]> {
  return db.query<Member>(sql`
    select
      i.id, i.namespace, i.value, i.kind,
      not exists (
        select from assignments o
        where o.subject_id = i.id and o.known_to = 'infinity' and o.customer_id <> a.customer_id
      ) as "isSole"
    from assignments a
    join identities i on i.id = a.subject_id
    where a.customer_id = ${customerId}::uuid and a.known_to = 'infinity' and a.valid_to = 'infinity'
    union all
    select i.id, i.namespace, i.value, i.kind, true
    from identities i
    where i.customer_id = ${customerId}::uuid
      and not exists (select from assignments a where a.subject_id = i.id and a.known_to = 'infinity')
  `);
}

/** The customer that an id means now: itself, or the one that the identity born with it belongs to. Null if unknown. */
export async function findSurvivor(db: Db, customerId: string): Promise<string | null> {
  const rows = await db.query<{ id: string }>(sql`
    select coalesce(a.customer_id, i.customer_id) as id
    from identities i
    left join assignments a on a.subject_id = i.id and a.known_to = 'infinity' and a.valid_to = 'infinity'
    where i.customer_id = ${customerId}::uuid
  `);
  return rows[0]?.id ?? null;
}

export interface AuditEntry {
  actor: string;
  action: string;
  customerIds: readonly string[];
  detail: object;
}

/** One row a customer: who did what. */
export async function insertAudit(db: Db, { actor, action, customerIds, detail }: AuditEntry): Promise<void> {
  await db.query(sql`
    insert into audit (id, at, actor, action, customer_id, detail)
    select a.id, clock_timestamp(), ${actor}, ${action}, a.customer_id, ${JSON.stringify(detail)}::jsonb
    from unnest(${customerIds.map(() => newId())}::uuid[], ${[...customerIds]}::uuid[]) as a (id, customer_id)
  `);
}
