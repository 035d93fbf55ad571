import type { Db } from "../../db/client.ts";
import { json, row, uuid } from "../../db/row.ts";
import { sql } from "../../db/sql.ts";
import type { CustomerFact } from "../../facts/fact.ts";
import { STATED } from "../../fields/car.ts";
import { type ColumnValues, columnOf, writersOf } from "../../fields/derive/columns.ts";
import type { RowKey } from "./ledger.repository.ts";

/** A customer record, whose it is, and what an earlier or later revision of it already said. */
export interface OwnedCustomerRecord {
  fact: CustomerFact;
  customerId: string;
  stored: ColumnValues | null;
}

/** Writes customer records, each merged with what is stored of it (see `mergedRow`). */
export async function insertCustomerRecords(
  db: Db,
  rows: readonly OwnedCustomerRecord[],
  batchId: string,
): Promise<void> {
  if (rows.length === 0) return;
  const written = new Date();
  const columns = rows.map(({ fact, customerId, stored }) =>
    Object.assign(mergedRow(fact, stored), { customer_id: customerId, ingested_at: written, batch_id: batchId }),
  );
  await db.run(sql`
    insert into customer_records
    select * from jsonb_populate_recordset(null::customer_records, ${JSON.stringify(columns)}::jsonb)
  `);
}

/**
 * Per field the newest statement wins, whichever revision of the record made it and in whatever order they arrived:
 * a field that a revision leaves out keeps its value, an explicit null clears it.
 */
function mergedRow(fact: CustomerFact, stored: ColumnValues | null): ColumnValues {
  const at = fact.at.toISOString();
  const stated: Record<string, string> = { ...(stored?.stated as Record<string, string> | undefined) };
  const row: ColumnValues = { ...NOTHING_LISTED, ...stored };
  const isNewest = !stored || Date.parse(String(stored.observed_at)) <= fact.at.getTime();
  if (isNewest) Object.assign(row, keyOf(fact));
  const statements = statementsOf(fact);
  for (const { name, write } of COLUMNS) {
    const value = statements[name];
    if (value === undefined || (stated[name] !== undefined && stated[name] > at)) continue;
    stated[name] = at;
    write(row, value);
  }
  return Object.assign(row, { stated });
}

const COLUMNS = writersOf(STATED);
const NOTHING_LISTED = Object.fromEntries(
  Object.values(STATED).flatMap((field) => (field.type === "list" ? [[columnOf(field), []]] : [])),
);

function keyOf({ subject, id, source, sourceId, at }: CustomerFact): ColumnValues {
  return { subject_id: subject.id, id, source, source_id: sourceId, observed_at: at.toISOString() };
}

function statementsOf({ body, custId, globalCustomerId }: CustomerFact): ColumnValues {
  return { ...body, custId: custId ?? undefined, globalCustomerId: globalCustomerId ?? undefined };
}

const StoredRecord = row({ id: uuid, row: json<ColumnValues>() });

/** The rows of these records as they stand, by record id. */
export async function findCustomerRows(db: Db, keys: readonly RowKey[]): Promise<Map<string, ColumnValues>> {
  if (keys.length === 0) return new Map();
  const rows = await db.rows(
    StoredRecord,
    sql`
      select c.id, to_jsonb(c) as row
      from unnest(${keys.map((key) => key.subjectId)}::uuid[], ${keys.map((key) => key.id)}::uuid[]) as k (subject_id, id)
      join customer_records c on c.subject_id = k.subject_id and c.id = k.id
    `,
  );
  return new Map(rows.map(({ id, row }) => [id, row]));
}
