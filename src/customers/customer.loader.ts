import DataLoader from "dataloader";
import { flag, instant, type RowOf, row, uuid } from "../db/row.ts";
import { type Sql, sql } from "../db/sql.ts";
import { keyBy } from "../kit/group.ts";
import type { Typed } from "../kit/page.type.ts";
import type { RequestContext } from "../request.ts";
import type { CustomerType, MergedCustomerType } from "./customer.type.ts";

/** Whose the identity `i` is now; of a shared one, the owner at this instant. */
const OWNER_NOW = sql`coalesce(
  (
    select a.customer_id
    from assignments a
    where a.subject_id = i.id
    and a.known_to = 'infinity'
    and a.valid_from <= statement_timestamp()
    and a.valid_to > statement_timestamp()
    limit 1
  ),
  i.customer_id
)`;

/** A customer is what its senior identity `s` says. */
const CUSTOMER_COLUMNS = sql`
  s.customer_id as id, s.kind in ('CARRIER', 'RECORD') as "isAnonymous", s.born_at as "createdAt"
`;
export const Customer = row({ id: uuid, isAnonymous: flag, createdAt: instant });

/** A customer, by the id of an identity that is theirs. */
const Owner = Customer.extend({ key: uuid });

/** The customers whom identities belong to now, by the identity's id: one statement, prepared. */
export const ownerLoader = ({ db }: RequestContext) =>
  new DataLoader(async (ids: readonly string[]) => {
    const statement = sql`
      select i.id as key, ${CUSTOMER_COLUMNS}
      from identities i
      join identities s on s.customer_id = ${OWNER_NOW}
      where i.id = any(${ids}::uuid[])
    `;
    const found = keyBy(await db.hot("customers.owners").rows(Owner, statement), (row) => row.key);
    return ids.map((id) => found.get(id) ?? null);
  });

/** Customers by the ids that rows carry, which are always current: nothing to follow. */
export const customerLoader = ({ db }: RequestContext) =>
  new DataLoader(async (ids: readonly string[]) => {
    const statement = sql`select ${CUSTOMER_COLUMNS} from identities s where s.customer_id = any(${ids}::uuid[])`;
    const found = keyBy(await db.hot("customers.by_id").rows(Customer, statement), (row) => row.id);
    return ids.map((id) => found.get(id) ?? new Error("A row names a customer whose senior identity is gone."));
  });

/** What an id that a client holds means: a customer, or one that was merged into another; null for neither. */
export const formerCustomerLoader = ({ db }: RequestContext) =>
  new DataLoader(async (ids: readonly string[]) => {
    const rows = await db.hot("customers.follow").rows(Followed, followSql(ids));
    const found = keyBy(rows, (row) => row.key);
    return ids.map((id) => asNode(found.get(id)));
  });

export type CustomerNode = Typed<CustomerType> | Typed<MergedCustomerType>;

/** A customer, by an id that means them; current where some stretch of time still belongs to the id itself. */
const Followed = Owner.extend({ isCurrent: flag });
type Followed = RowOf<typeof Followed>;

/** An id stands for itself as long as any time of its identity does (the view `customers` says the same). */
function followSql(ids: readonly string[]): Sql {
  return sql`
    select o.customer_id as key, o.is_current as "isCurrent", ${CUSTOMER_COLUMNS}
    from (
      select
        i.customer_id,
        ${OWNER_NOW} as owner_id,
        not exists (select from assignments a where a.subject_id = i.id and a.known_to = 'infinity')
        or exists (
          select from assignments a
          where a.subject_id = i.id and a.known_to = 'infinity' and a.customer_id = i.customer_id
        ) as is_current
      from identities i
      where i.customer_id = any(${ids}::uuid[])
    ) o
    join identities s on s.customer_id = case when o.is_current then o.customer_id else o.owner_id end
  `;
}

function asNode(row: Followed | undefined): CustomerNode | null {
  if (!row) return null;
  const { key, isCurrent, ...customer } = row;
  const survivor = { ...customer, __typename: "Customer" };
  return isCurrent ? survivor : { __typename: "MergedCustomer", id: key, survivor };
}
