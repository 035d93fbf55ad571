import type { Db } from "../../db/client.ts";
import { sql } from "../../db/sql.ts";
import type { InteractionFact } from "../../facts/fact.ts";
import { type ColumnValues, rowsOf } from "../../fields/derive/columns.ts";
import { INTERACTION } from "../../fields/interaction.ts";
import type { DictionaryPage } from "./dictionary.repository.ts";
import { bareUrl, legItemOf } from "./items.ts";
import { removeRows } from "./ledger.repository.ts";

/** A leg and whose it is. */
export interface OwnedInteraction {
  fact: InteractionFact;
  customerId: string;
}

/**
 * Writes reported legs. A visit that touchpoints made under the same key gives way to what the sender says itself.
 * 60 columns come as one JSON document, which PostgreSQL unpacks as fast as it would 60 arrays.
 */
export async function insertInteractions(
  db: Db,
  rows: readonly OwnedInteraction[],
  { batchId, dictionary }: { batchId: string; dictionary: DictionaryPage },
): Promise<void> {
  if (rows.length === 0) return;
  const written = new Date();
  const columns = rows.map((row) => legRow(row, batchId, written));
  const items = rows.map(({ fact }) => legItemOf(fact));
  const keys = rows.map(({ fact }) => ({ id: fact.id, subjectId: fact.subject.id, occurredAt: fact.at }));
  await Promise.all([
    dictionary.save(db, items),
    removeRows(db, "interaction", keys),
    db.hot("interactions.insert").run(sql`
      insert into interactions
      select * from jsonb_populate_recordset(null::interactions, ${JSON.stringify(columns)}::jsonb)
    `),
  ]);
}

const rowOf = rowsOf(INTERACTION);

function legRow({ fact, customerId }: OwnedInteraction, batchId: string, written: Date): ColumnValues {
  const { pageUrl } = fact.body;
  return Object.assign(rowOf(fact.body), {
    subject_id: fact.subject.id,
    id: fact.id,
    ingested_at: written,
    batch_id: batchId,
    customer_id: customerId,
    is_visit: false,
    cust_id: fact.custId,
    page_url: pageUrl === null ? null : bareUrl(pageUrl),
    data_quality: fact.notes.length > 0 ? fact.notes : null,
    item_id: legItemOf(fact)?.id ?? null,
  });
}
