import type { Db } from "../../db/client.ts";
import type { TrackingNumber } from "../../db/generated/client.ts";
import { instant, type RowOf, row, text } from "../../db/row.ts";
import { sql } from "../../db/sql.ts";

export type { TrackingNumber };

/** Stores numbers, one writer at a time; answers those whose campaign changed. */
export async function saveNumbers(tx: Db, numbers: readonly TrackingNumber[]): Promise<string[]> {
  const where = { number: { in: numbers.map(({ number }) => number) } };
  await lock(tx, "tracking-numbers");
  const before = await tx.orm.trackingNumber.findMany({ where, select: { number: true, campaign: true } });
  await tx.orm.trackingNumber.deleteMany({ where });
  await tx.orm.trackingNumber.createMany({ data: [...numbers] });
  const campaigns = new Map(before.map(({ number, campaign }) => [number, campaign]));
  return numbers
    .filter(({ number, campaign }) => campaign !== (campaigns.get(number) ?? null))
    .map(({ number }) => number);
}

const Lease = row({ number: text, validTo: instant });
export type Lease = RowOf<typeof Lease>;

/** Extends the lease that the visitor has; null when there is none. */
export async function prolongLease(tx: Db, wish: LeaseWish): Promise<Lease | null> {
  const [lease] = await tx.rows(
    Lease,
    sql`
      update tracking_leases l
      set valid_to = greatest(l.valid_to, ${until(wish)})
      from tracking_numbers n
      where n.number = l.number and n.pool = ${wish.pool} and l.identity_id = ${wish.identityId}::uuid
      and l.valid_to > clock_timestamp()
      returning l.number, l.valid_to as "validTo"
    `,
  );
  return lease ?? null;
}

/** Lends the number that has been free longest; null when the pool has none. The pool must be locked. */
export async function lendNumber(tx: Db, wish: LeaseWish): Promise<Lease | null> {
  const [lease] = await tx.rows(
    Lease,
    sql`
      with free as (
        select n.number
        from tracking_numbers n
        left join lateral (
          select max(l.valid_to) as valid_to from tracking_leases l where l.number = n.number
        ) last on true
        where n.pool = ${wish.pool} and (last.valid_to is null or last.valid_to <= clock_timestamp())
        order by last.valid_to nulls first, n.number
        limit 1
      )
      insert into tracking_leases (number, valid_from, valid_to, identity_id)
      select number, clock_timestamp(), ${until(wish)}, ${wish.identityId}::uuid from free
      returning number, valid_to as "validTo"
    `,
  );
  return lease ?? null;
}

export interface LeaseWish {
  pool: string;
  identityId: string;
  minutes: number;
}

const until = ({ minutes }: LeaseWish) => sql`clock_timestamp() + make_interval(mins => ${minutes}::int)`;

/** Locks a pool until the transaction ends, so that no number is lent twice. */
export async function lockPool(tx: Db, pool: string): Promise<void> {
  await lock(tx, `tracking-pool ${pool}`);
}

async function lock(tx: Db, name: string): Promise<void> {
  await tx.run(sql`select pg_advisory_xact_lock(hashtextextended(${name}, 0))`);
}
