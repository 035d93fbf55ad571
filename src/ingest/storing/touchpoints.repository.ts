import type { Db } from "../../db/client.ts";
import { sql } from "../../db/sql.ts";
import type { TouchpointFact } from "../../facts/fact.ts";
import type { DictionaryPage } from "./dictionary.repository.ts";
import { itemsOf, type TouchpointItems } from "./items.ts";
import { visitKeyOf } from "./visit.ts";

/** A touchpoint and whose it is. */
export interface OwnedTouchpoint {
  fact: TouchpointFact;
  customerId: string;
}

/** Writes the touchpoints and the names they use; nothing of theirs may be there yet. */
export async function insertTouchpoints(
  db: Db,
  rows: readonly OwnedTouchpoint[],
  { batchId, dictionary }: { batchId: string; dictionary: DictionaryPage },
): Promise<void> {
  if (rows.length === 0) return;
  const items = rows.map(({ fact }) => itemsOf(fact));
  const names = items.flatMap(({ item, url, campaign }) => [item, url, campaign]);
  await Promise.all([dictionary.save(db, names), insertRows(db, rows, { items, batchId })]);
}

async function insertRows(
  db: Db,
  rows: readonly OwnedTouchpoint[],
  { items, batchId }: { items: readonly TouchpointItems[]; batchId: string },
): Promise<void> {
  const column = <Value>(read: (fact: TouchpointFact) => Value) => rows.map(({ fact }) => read(fact));
  await db.query(
    sql`
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
    `,
    "touchpoints.insert",
  );
}
