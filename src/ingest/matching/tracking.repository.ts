import type { Db } from "../../db/client.ts";
import { sql } from "../../db/sql.ts";
import type { Channel } from "../../fields/choices.ts";

export interface TrackingNumber {
  number: string;
  source: string;
  channel: Channel | null;
  campaign: string | null;
  medium: string | null;
  pool: string | null;
}

/** Stores numbers, and answers those that mean another campaign than before. */
export async function saveNumbers(tx: Db, numbers: readonly TrackingNumber[]): Promise<string[]> {
  const before = await tx.query<{ number: string; campaign: string | null }>(sql`
    select number, campaign from tracking_numbers
    where number = any(${numbers.map(({ number }) => number)}::text[])
    order by number
    for update
  `);
  await tx.query(sql`
    insert into tracking_numbers
    select * from jsonb_populate_recordset(null::tracking_numbers, ${JSON.stringify(numbers)}::jsonb)
    order by number
    on conflict (number) do update set
      source = excluded.source, channel = excluded.channel, campaign = excluded.campaign, medium = excluded.medium,
      pool = excluded.pool
  `);
  const campaigns = new Map(before.map(({ number, campaign }) => [number, campaign]));
  return numbers
    .filter(({ number, campaign }) => campaign !== (campaigns.get(number) ?? null))
    .map(({ number }) => number);
}

export interface Lease {
  number: string;
  validTo: Date;
}

/** The number that the visitor has already, for longer now; null when they have none. */
export async function prolongLease(tx: Db, wish: LeaseWish): Promise<Lease | null> {
  const [lease] = await tx.query<Lease>(sql`
    update tracking_leases l
    set valid_to = greatest(l.valid_to, ${until(wish)})
    from tracking_numbers n
    where n.number = l.number and n.pool = ${wish.pool} and l.identity_id = ${wish.identityId}::uuid
    and l.valid_to > clock_timestamp()
    returning l.number, l.valid_to as "validTo"
  `);
  return lease ?? null;
}

/**
 * Lends the number that was given back longest ago; null when the pool has none left. The pool must be locked.
 */
export async function lendNumber(tx: Db, wish: LeaseWish): Promise<Lease | null> {
  const [lease] = await tx.query<Lease>(sql`
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
  `);
  return lease ?? null;
}

export interface LeaseWish {
  pool: string;
  identityId: string;
  minutes: number;
}

const until = ({ minutes }: LeaseWish) => sql`clock_timestamp() + make_interval(mins => ${minutes}::int)`;

/** One pool's lending, one at a time: a number that was free when it was looked at is not lent twice. */
export async function lockPool(tx: Db, pool: string): Promise<void> {
  await tx.query(sql`select pg_advisory_xact_lock(hashtextextended(${`tracking-pool ${pool}`}, 0))`);
}
