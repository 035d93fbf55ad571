import { declaredSql, sql } from "../db/sql.ts";
import type { ArchivedColumn } from "../ingest/archiving/archived-rows.repository.ts";
import type { Month } from "../ingest/archiving/months.repository.ts";
import type { ParquetKind } from "../lake/parquet.ts";
import { columnOfLake, type LakeTable } from "../lake/table.ts";

// Rows of touchpoints as files of the archive have them: every column of the table but whose they are, and their session.

/** How PostgreSQL's types are written; those that are not here as the texts that they are read from. */
const KINDS: Readonly<Record<string, ParquetKind>> = {
  timestamptz: "INSTANT",
  int4: "INTEGER",
  bool: "FLAG",
  _text: "LIST",
};

/** The sender's name for the session that its visit is; nothing where pauses bound it. */
export const SESSION = "session_id";

/** The columns that have ids of names. */
export const NAMED = ["item_id", "url_id", "campaign_id", "campaign_source_id", "referrer_id", "landing_page_id"];

/** The rows of a month, as the lake's writer reads them. */
export const tableOfMonth = (columns: readonly ArchivedColumn[], { from, to }: Month): LakeTable => ({
  name: "touchpoints",
  columns: [
    ...columns.map(({ name, type }) => columnOfLake(name, KINDS[type] ?? "TEXT", declaredSql(`t."${name}"`))),
    columnOfLake(SESSION, "TEXT", sql`case when t.is_cut then null else v.source_id end`),
  ],
  from: sql`touchpoints t left join interactions v on v.subject_id = t.subject_id and v.id = t.interaction_id`,
  where: sql`t.occurred_at >= ${from.toISOString()}::timestamptz and t.occurred_at < ${to.toISOString()}::timestamptz`,
  filedBy: sql`t.occurred_at`,
  key: sql`t.id, t.subject_id`,
});
