import type { CopyReader } from "../db/copy-reader.ts";
import { flag, instant, int, type RowOf, row, text } from "../db/row.ts";
import type { Snapshot } from "../db/snapshot.ts";
import { join, type Sql, sql } from "../db/sql.ts";
import { readable } from "./fields.sql.ts";
import type { ParquetKind, ParquetValue } from "./parquet.ts";
import type { LakeTable } from "./table.ts";

/** What a file holds, as the database has it: two that agree hold the same rows. `month` is empty where all are in one file. */
const Content = row({ month: text, rows: int, fingerprint: text });
export type LakeContent = RowOf<typeof Content>;

/** The month that a row is filed under, such as 2026-11. */
const monthOf = ({ filedBy }: LakeTable): Sql =>
  filedBy === null ? sql`''` : sql`to_char(date_trunc('month', ${filedBy}, 'UTC') at time zone 'UTC', 'YYYY-MM')`;

const valuesOf = ({ columns }: LakeTable): Sql => join(columns.map(readable), ", ");

/** What each file of a table would hold now. */
export function findContents(snapshot: Snapshot, table: LakeTable): Promise<LakeContent[]> {
  return snapshot.rows(
    Content,
    sql`
      select ${monthOf(table)} as month, count(*)::int as rows,
        bit_xor(hash_record_extended(row(${valuesOf(table)}), 0))::text as fingerprint
      from ${table.from}
      where ${table.where}
      group by 1
      order by 1
    `,
  );
}

/** Reads the rows of these months, month by month and in the order of time. */
export function copyMonths(
  snapshot: Snapshot,
  table: LakeTable,
  { months, each }: { months: readonly string[]; each: (month: string, row: ParquetValue[]) => void },
): Promise<void> {
  const read = table.columns.map(({ is }) => READERS[is]);
  return snapshot.copy(
    sql`
      select ${monthOf(table)}, ${valuesOf(table)}
      from ${table.from}
      where ${table.where} and ${monthOf(table)} = any(${`{${months.map((month) => `"${month}"`).join(",")}}`}::text[])
      order by ${table.filedBy ?? sql`1`}, ${table.key}
    `,
    (row) =>
      each(
        row.text()!,
        read.map((readValue) => readValue(row)),
      ),
  );
}

type ReadValue = (row: CopyReader) => ParquetValue;

const numberOrNull = (value: number): number | null => (Number.isNaN(value) ? null : value);
const NEITHER = 2;

const READERS: Readonly<Record<ParquetKind, ReadValue>> = {
  TEXT: (row) => row.text(),
  INSTANT: (row) => numberOrNull(row.instant()),
  INTEGER: (row) => numberOrNull(row.int(Number.NaN)),
  NUMBER: (row) => numberOrNull(row.float()),
  MONEY(row) {
    const millionths = row.text();
    return millionths === null ? null : BigInt(millionths);
  },
  FLAG(row) {
    const value = row.flag(NEITHER);
    return value === NEITHER ? null : value === 1;
  },
  LIST(row) {
    const list = row.text();
    return list === null ? null : JSON.parse(list);
  },
};

const Lock = row({ isOurs: flag, at: instant });

/** Whether nobody else writes into the folder, which holds for as long as the snapshot, and when that is of. */
export async function lockFolder(snapshot: Snapshot, folder: string): Promise<RowOf<typeof Lock>> {
  const [lock] = await snapshot.rows(
    Lock,
    sql`
      select pg_try_advisory_xact_lock(hashtextextended(${`lake ${folder}`}, 0)) as "isOurs", now() as at
    `,
  );
  return lock!;
}
