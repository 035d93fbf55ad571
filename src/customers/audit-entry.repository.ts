import type { Db } from "../db/client.ts";
import { compareInstant, compareText, pageIn } from "../db/page.ts";
import { list, row, uuid } from "../db/row.ts";
import { sql } from "../db/sql.ts";
import { isId, isInstant, MAX_TOTAL, type Page, type Place, type PlaceShape } from "../kit/page.ts";
import type { AuditEntryRow, AuditFilterInput } from "./audit-entry.type.ts";

/** Entries are listed newest first. */
export const ENTRY_PLACE: PlaceShape = [isInstant, isId];
export const placeOfEntry = ({ at, id }: AuditEntryRow): Place => [at.getTime(), id];

/** The filter, with every id of its customer. */
export type AuditEntryFilter = Omit<AuditFilterInput, "customerId"> & { customerIds: readonly string[] | null };

/** A page of entries, and one more. */
export async function findAuditEntries(db: Db, filter: AuditEntryFilter, page: Page): Promise<AuditEntryRow[]> {
  const { where, ...ordered } = pageIn({ at: compareInstant, id: compareText }, page);
  const rows = await db.orm.audit.findMany({ where: { AND: [where ?? {}, meant(filter)] }, ...ordered });
  return rows.map(({ detail, ...entry }) => {
    const known = (detail ?? {}) as Record<string, string | undefined>;
    const { verdict = null, forgetting = null, key = null, about = null } = known;
    return { ...entry, verdictId: verdict, receiptId: forgetting, keyId: key, about };
  });
}

/** The number of entries, up to one more than is shown. */
export function countAuditEntries(db: Db, filter: AuditEntryFilter): Promise<number> {
  return db.orm.audit.count({ where: meant(filter), take: MAX_TOTAL + 1 });
}

const meant = ({ customerIds, actor, actorId, actions, period }: AuditEntryFilter) => ({
  customerId: customerIds ? { in: [...customerIds] } : undefined,
  actor: actor ?? undefined,
  actorId: actorId ?? undefined,
  action: actions ? { in: [...actions] } : undefined,
  at: period ? { gte: period.from, lt: period.to } : undefined,
});

const Ids = row({ ids: list(uuid) });

/** Every id that the customer of this id has or had: the births of all identities that belong to the owner now. */
export async function findAllIds(db: Db, customerId: string): Promise<string[]> {
  const [found] = await db.rows(
    Ids,
    sql`
      with born as (
        select i.id, i.customer_id, coalesce(a.customer_id, i.customer_id) as owner
        from identities i
        left join assignments a on a.subject_id = i.id and a.known_to = 'infinity' and a.valid_to = 'infinity'
        where i.customer_id = ${customerId}::uuid
      )
      select array(
        select ${customerId}::uuid
        union
        select b.owner from born b
        union
        select i.customer_id
        from born b
        join assignments a on a.customer_id = b.owner and a.known_to = 'infinity'
        join identities i on i.id = a.subject_id
      ) as ids
    `,
  );
  return found!.ids;
}
