import type { Db } from "../db/client.ts";
import { IdentityKind } from "../db/generated/enums.ts";
import { jsonOf } from "../db/orm.ts";
import { flag, instant, type RowOf, row, text, uuid, word } from "../db/row.ts";
import { sql } from "../db/sql.ts";
import type { AuditAction } from "../facts/audit-actions.ts";
import type { Verdict } from "../facts/identity.ts";
import type { Actor } from "../kit/actor.ts";
import { newId } from "../kit/id.ts";

const Now = row({ now: instant });

/** The database's clock, which orders verdicts whichever instance stores them. */
export async function findNow(db: Db): Promise<Date> {
  const [clock] = await db.rows(Now, sql`select clock_timestamp()::timestamptz(3) as now`);
  return clock!.now;
}

export async function insertVerdict(
  db: Db,
  { id, kind, left, right, at }: Verdict,
  { by, reason }: { by: string; reason: string },
): Promise<void> {
  await db.orm.verdict.create({ data: { id, kind, left: [...left], right: [...right], at, by, reason } });
}

export async function findVerdict(db: Db, id: string): Promise<(Verdict & { withdrawnAt: Date | null }) | null> {
  return db.orm.verdict.findUnique({
    where: { id },
    select: { id: true, kind: true, left: true, right: true, at: true, withdrawnAt: true },
  });
}

export async function withdrawVerdict(
  db: Db,
  id: string,
  { by, reason }: { by: string; reason: string },
): Promise<void> {
  await db.orm.verdict.update({
    where: { id },
    data: { withdrawnAt: await findNow(db), withdrawnBy: by, withdrawnReason: reason },
  });
}

/** An identity that a customer owns now. */
const Member = row({ id: uuid, namespace: text, value: text, kind: word(IdentityKind), isSole: flag });
export type Member = RowOf<typeof Member>;

/** The identities that a customer owns now, whichever of its ids is given. */
export async function findMembers(db: Db, customerId: string): Promise<Member[]> {
  return db.rows(
    Member,
    sql`
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
    `,
  );
}

const Survivor = row({ id: uuid });

/**
 * The customer that an id stands for now: itself, or the owner of the identity that was born with it. Null if unknown.
 */
export async function findSurvivor(db: Db, customerId: string): Promise<string | null> {
  const [survivor] = await db.rows(
    Survivor,
    sql`
      select coalesce(a.customer_id, i.customer_id) as id
      from identities i
      left join assignments a on a.subject_id = i.id and a.known_to = 'infinity' and a.valid_to = 'infinity'
      where i.customer_id = ${customerId}::uuid
    `,
  );
  return survivor?.id ?? null;
}

export interface AuditEntry {
  by: Actor;
  action: AuditAction;
  customerIds: readonly string[];
  detail: object;
}

/** Inserts one audit row for each customer: who did what. */
export async function insertAudit(db: Db, { by, action, customerIds, detail }: AuditEntry): Promise<void> {
  const at = new Date();
  const data = customerIds.map((customerId) => ({
    id: newId(),
    at,
    actorId: by.id,
    actor: by.name,
    action,
    customerId,
    detail: jsonOf(detail),
  }));
  await db.orm.audit.createMany({ data });
}
