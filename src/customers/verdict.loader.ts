import DataLoader from "dataloader";
import { VerdictKind } from "../db/generated/enums.ts";
import { instant, list, row, text, uuid, word } from "../db/row.ts";
import { sql } from "../db/sql.ts";
import { groupBy } from "../kit/group.ts";
import type { RequestContext } from "../request.ts";

const VerdictOfCustomer = row({
  customerId: uuid,
  id: uuid,
  kind: word(VerdictKind),
  leftIds: list(uuid),
  rightIds: list(uuid),
  by: text,
  at: instant,
  reason: text,
  withdrawnAt: instant.nullable(),
});

/** The verdicts that name an identity of a customer, withdrawn ones included, newest first; by the customer's id. */
export const verdictsLoader = ({ db }: RequestContext) =>
  new DataLoader(async (ids: readonly string[]) => {
    const rows = await db.rows(
      VerdictOfCustomer,
      sql`
        select
          k.id as "customerId", v.id, v.kind, v.left_ids as "leftIds", v.right_ids as "rightIds", v.decided_by as by,
          v.decided_at as at, v.reason, v.withdrawn_at as "withdrawnAt"
        from unnest(${ids}::uuid[]) as k (id)
        cross join lateral (
          select array(
            select a.subject_id from assignments a where a.customer_id = k.id and a.known_to = 'infinity'
            union
            select i.id from identities i where i.customer_id = k.id
          ) as identities
        ) own
        join verdicts v on v.left_ids && own.identities or v.right_ids && own.identities
        order by v.decided_at desc, v.id desc
      `,
    );
    const byCustomer = groupBy(rows, (row) => row.customerId);
    return ids.map((id) => byCustomer.get(id) ?? []);
  });
