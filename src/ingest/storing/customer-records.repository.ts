import type { Db } from "../../db/client.ts";
import { json, row, uuid } from "../../db/row.ts";
import { sql } from "../../db/sql.ts";
import type { ColumnValues } from "../../fields/derive/columns.ts";
import type { RowKey } from "./ledger.repository.ts";

/** Writes customer records, each merged with what was stored of it. */
export async function insertCustomerRecords(db: Db, rows: readonly ColumnValues[]): Promise<void> {
  if (rows.length === 0) return;
  await db.run(sql`
    insert into customer_records
    select r.*
    from jsonb_array_elements(${JSON.stringify(rows)}::jsonb) s (row)
    cross join lateral jsonb_populate_record(
      null::customer_records, s.row || jsonb_build_object('ingested_at', clock_timestamp())
    ) r
  `);
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
