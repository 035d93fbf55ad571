import type { Db } from "../../db/client.ts";
import { unlessEmpty, unnested } from "../../db/fields.ts";
import { sql } from "../../db/sql.ts";
import type { TouchpointFact } from "../../facts/fact.ts";
import { CONSENTS } from "../../fields/consent.ts";
import { KEY } from "../../fields/record.ts";
import { MOMENT, OF_VISIT } from "../../fields/touchpoint.ts";
import { arrayText } from "./array-text.ts";
import { keysOfFact } from "./contacts.ts";
import type { DictionaryPage } from "./dictionary.repository.ts";
import { type Item, itemsOf, type TouchpointItems } from "./items.ts";
import type { VisitIds } from "./place-visits.ts";

/** A touchpoint and whose it is. */
export interface OwnedTouchpoint {
  fact: TouchpointFact;
  customerId: string;
}

/** Writes the touchpoints and the names they use; nothing of theirs may be there yet, but their visits. */
export async function insertTouchpoints(
  db: Db,
  rows: readonly OwnedTouchpoint[],
  { batchId, dictionary, visits }: { batchId: string; dictionary: DictionaryPage; visits: VisitIds },
): Promise<void> {
  if (rows.length === 0) return;
  const items = rows.map(({ fact }) => itemsOf(fact));
  const names = items.flatMap((all) => Object.values<Item | null>({ ...all }));
  await Promise.all([dictionary.save(db, names), insertRows(db, rows, { items, batchId, visits })]);
}

async function insertRows(
  db: Db,
  rows: readonly OwnedTouchpoint[],
  { items, batchId, visits }: { items: readonly TouchpointItems[]; batchId: string; visits: VisitIds },
): Promise<void> {
  const column = <Value>(read: (fact: TouchpointFact) => Value) => unlessEmpty(rows.map(({ fact }) => read(fact)));
  const named = (name: keyof TouchpointItems) => unlessEmpty(items.map((all) => all[name]?.id ?? null));
  const { names, arrays } = unnested(
    {
      source: KEY.source,
      ...MOMENT,
      universalSessionId: OF_VISIT.universalSessionId,
      device: OF_VISIT.device,
      ...CONSENTS,
    },
    rows.map(({ fact }) => fact.body),
  );
  const columns = sql`
    subject_id, id, customer_id, interaction_id, item_id, url_id, campaign_id, campaign_source_id, referrer_id,
    landing_page_id, ${names}
  `;
  await db.hot("touchpoints.insert").run(sql`
    insert into touchpoints (batch_id, ingested_at, contact_keys, is_cut, data_quality, ${columns})
    select ${batchId}::uuid, clock_timestamp(), contact_keys::text[], is_cut, data_quality, ${columns}
    from unnest(
      ${column((fact) => arrayText(keysOfFact(fact)))}::text[],
      ${column(({ body }) => body.sessionId === null || null)}::boolean[],
      ${column(({ notes }) => (notes.length > 0 ? JSON.stringify(notes) : null))}::jsonb[],
      ${column((fact) => fact.subject.id)}::uuid[],
      ${column((fact) => fact.id)}::uuid[],
      ${rows.map((row) => row.customerId)}::uuid[],
      ${column((fact) => visits.get(fact.id)!)}::uuid[],
      ${named("item")}::bigint[],
      ${named("url")}::bigint[],
      ${named("campaign")}::bigint[],
      ${named("campaignSource")}::bigint[],
      ${named("referrer")}::bigint[],
      ${named("landingPage")}::bigint[],
      ${arrays}
    ) as t (contact_keys, is_cut, data_quality, ${columns})
  `);
}
