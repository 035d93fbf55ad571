import type { Db } from "../db/client.ts";
import { sql } from "../db/sql.ts";
import type { TouchpointFact } from "../facts/fact.ts";
import { type Item, itemsOf } from "./items.ts";
import { visitKeyOf } from "./visit.ts";

/** A touchpoint and whose it is. */
export interface OwnedTouchpoint {
  fact: TouchpointFact;
  customerId: string;
}

/** Writes the touchpoints and the names they use; nothing of theirs may be there yet. */
export async function insertTouchpoints(db: Db, rows: readonly OwnedTouchpoint[], batchId: string): Promise<void> {
  if (rows.length === 0) return;
  const items = rows.map(({ fact }) => itemsOf(fact));
  await saveItems(db, items.flatMap(({ item, url, campaign }) => [item, url, campaign]));
  const column = <Value>(valueOf: (fact: TouchpointFact) => Value) => rows.map(({ fact }) => valueOf(fact));
  await db.query(sql`
    insert into touchpoints (
      subject_id, occurred_at, id, ended_at, ingested_at, batch_id, customer_id, interaction_id, source, channel, kind,
      item_id, url_id, campaign_id, sequence, value, currency
    )
    select
      t.subject_id, t.occurred_at, t.id, t.ended_at, clock_timestamp(), ${batchId}::uuid, t.customer_id,
      t.interaction_id, t.source, t.channel, t.kind, t.item_id, t.url_id, t.campaign_id, t.sequence, t.value, t.currency
    from unnest(
      ${column((fact) => fact.subject.id)}::uuid[],
      ${column((fact) => fact.at.toISOString())}::timestamptz[],
      ${column((fact) => fact.id)}::uuid[],
      ${column((fact) => fact.body.endedAt?.toISOString() ?? null)}::timestamptz[],
      ${rows.map((row) => row.customerId)}::uuid[],
      ${column((fact) => visitKeyOf(fact).id)}::uuid[],
      ${column((fact) => fact.source)}::text[],
      ${column((fact) => fact.body.channel)}::channel[],
      ${column((fact) => fact.body.kind)}::touchpoint_kind[],
      ${items.map(({ item }) => item?.id ?? null)}::bigint[],
      ${items.map(({ url }) => url?.id ?? null)}::bigint[],
      ${items.map(({ campaign }) => campaign?.id ?? null)}::bigint[],
      ${column((fact) => fact.body.sequence)}::int[],
      ${column((fact) => fact.body.value?.amount ?? null)}::numeric[],
      ${column((fact) => fact.body.value?.currency ?? null)}::text[]
    ) as t (
      subject_id, occurred_at, id, ended_at, customer_id, interaction_id, source, channel, kind, item_id, url_id,
      campaign_id, sequence, value, currency
    )
  `);
}

/** Names this process has seen stored; bounded, and only ever a shortcut. */
const known = new Map<string, true>();
const KNOWN_AT_MOST = 200_000;

/** Adds the names that the dictionary lacks, in the order of their ids so that writers never wait for each other. */
export async function saveItems(db: Db, items: readonly (Item | null)[]): Promise<void> {
  const wanted = new Map<string, Item>();
  for (const item of items) if (item && !known.has(item.id)) wanted.set(item.id, item);
  if (wanted.size === 0) return;
  const sorted = [...wanted.values()].sort((a, b) => (BigInt(a.id) < BigInt(b.id) ? -1 : 1));
  const columns = sql`unnest(
    ${sorted.map((item) => item.id)}::bigint[],
    ${sorted.map((item) => item.kind)}::text[],
    ${sorted.map((item) => item.name)}::text[],
    ${sorted.map((item) => item.section)}::text[]
  ) as n (id, kind, name, section)`;
  await db.query(sql`insert into items (id, kind, name, section) select * from ${columns} on conflict (id) do nothing`);
  const clashes = await db.query(sql`
    select i.id from items i join ${columns} using (id)
    where (i.kind, i.name, i.section) <> (n.kind, n.name, n.section)
  `);
  if (clashes.length > 0) throw new Error("Two names of the dictionary share one id.");
}

/** Remembers names as stored; to be called once the batch that stored them has committed. */
export function rememberItems(facts: readonly TouchpointFact[]): void {
  if (known.size > KNOWN_AT_MOST) known.clear();
  for (const fact of facts) {
    const { item, url, campaign } = itemsOf(fact);
    for (const each of [item, url, campaign]) if (each) known.set(each.id, true);
  }
}
