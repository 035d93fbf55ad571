import type { Db } from "../../db/client.ts";
import { sql } from "../../db/sql.ts";
import type { InteractionFact } from "../../facts/fact.ts";
import { type ColumnValues, rowsOf } from "../../fields/derive/columns.ts";
import { INTERACTION } from "../../fields/interaction.ts";
import { campaignIn } from "./arrival.ts";
import { keysOfFact, loosen } from "./contacts.ts";
import { bareUrl, legItemOf } from "./items.ts";
import { removeRows } from "./ledger.repository.ts";
import type { StoreContext } from "./store.ts";

/** A leg and whose it is. */
export interface OwnedInteraction {
  fact: InteractionFact;
  customerId: string;
}

/**
 * Writes reported legs. A visit that touchpoints made under the same key gives way to what the sender says itself. 60 columns come as one JSON document, which PostgreSQL unpacks as fast as it would 60 arrays.
 */
export async function insertInteractions(
  db: Db,
  rows: readonly OwnedInteraction[],
  { batchId, dictionary, loosened }: Pick<StoreContext, "batchId" | "dictionary" | "loosened">,
): Promise<void> {
  if (rows.length === 0) return;
  const columns = rows.map((row) => legRow(row, batchId));
  const items = rows.map(({ fact }) => legItemOf(fact));
  const keys = rows.map(({ fact }) => ({ id: fact.id, subjectId: fact.subject.id, occurredAt: fact.at }));
  const [left] = await Promise.all([
    removeRows(db, "interaction", keys),
    dictionary.save(db, items),
    db.hot("interactions.insert").run(sql`
      insert into interactions
      select * from jsonb_populate_recordset(${NOW}, ${JSON.stringify(columns)}::jsonb)
    `),
  ]);
  loosen(loosened, left);
}

/** What no record says of its row: when it came. */
const NOW = sql`jsonb_populate_record(null::interactions, jsonb_build_object('ingested_at', clock_timestamp()))`;

const rowOf = rowsOf(INTERACTION);

function campaignColumns(body: InteractionFact["body"]): ColumnValues {
  const { campaign, medium, campaignSource } = campaignIn(body, [body.landingPage, body.pageUrl]);
  return { campaign, medium, campaign_source: campaignSource };
}

function legRow({ fact, customerId }: OwnedInteraction, batchId: string): ColumnValues {
  const contactKeys = keysOfFact(fact);
  const { pageUrl, referrer, landingPage } = fact.body;
  return Object.assign(rowOf(fact.body), {
    subject_id: fact.subject.id,
    id: fact.id,
    batch_id: batchId,
    customer_id: customerId,
    is_visit: false,
    cust_id: fact.custId,
    page_url: pageUrl === null ? null : bareUrl(pageUrl),
    referrer: referrer === null ? null : bareUrl(referrer),
    landing_page: landingPage === null ? null : bareUrl(landingPage),
    ...campaignColumns(fact.body),
    data_quality: fact.notes.length > 0 ? fact.notes : null,
    item_id: legItemOf(fact)?.id ?? null,
    contact_keys: contactKeys.length > 0 ? contactKeys : null,
  });
}
