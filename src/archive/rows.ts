import { asyncBufferFromFile, parquetMetadataAsync, parquetReadObjects } from "hyparquet";
import type { Channel } from "../fields/choices.ts";
import type { ArchivedColumn } from "../ingest/archiving/archived-rows.repository.ts";
import type { ArchivedRow } from "../ingest/archiving/bring-back.ts";
import type { Item } from "../ingest/storing/items.ts";
import type { ParquetColumn } from "../lake/parquet.ts";
import { type ArchiveFile, checkFile } from "./folder.ts";
import { NAMED, SESSION } from "./month.sql.ts";

// Rows of touchpoints as files of the archive have them: every column of the table but whose they are, and their session.

export const NAME_COLUMNS: readonly ParquetColumn[] = (["id", "kind", "name", "section"] as const).map((name) => ({
  name,
  is: "TEXT",
}));

/** A row of a file, by column. */
export type Cells = Record<string, unknown>;

/** Rows of a file, as many at once as were compressed together. */
export async function* readFile(path: string): AsyncGenerator<Cells[]> {
  const file = await asyncBufferFromFile(path);
  const metadata = await parquetMetadataAsync(file);
  let rowStart = 0;
  for (const { num_rows: count } of metadata.row_groups) {
    const rowEnd = rowStart + Number(count);
    yield await parquetReadObjects({ file, metadata, rowStart, rowEnd });
    rowStart = rowEnd;
  }
}

/** All names of a month, by id. */
export async function readNames(path: string): Promise<Map<string, Item>> {
  const names = new Map<string, Item>();
  for await (const rows of readFile(path)) for (const row of rows) names.set(row.id as string, row as unknown as Item);
  return names;
}

/** The rows of a file in parts of so many, as they are put back. */
export async function* readRows(
  path: string,
  { columns, names, most }: { columns: readonly ArchivedColumn[]; names: ReadonlyMap<string, Item>; most: number },
): AsyncGenerator<ArchivedRow[]> {
  for await (const group of readFile(path)) {
    for (let at = 0; at < group.length; at += most) {
      yield group.slice(at, at + most).map((cells) => rowOf(cells, { columns, names }));
    }
  }
}

/** Of which record each row of a file is, of which source and visit. */
export async function* readKeys(home: string, file: ArchiveFile) {
  for await (const group of readFile(await checkFile(home, file))) {
    for (let at = 0; at < group.length; at += KEYS) yield group.slice(at, at + KEYS).map(archivedKeyOf);
  }
}

/** Keys at once: forgetting them is a second or two. */
const KEYS = 2_000;

/** Of which record a row is, of which source and visit. */
export const archivedKeyOf = (cells: Cells) => ({
  id: cells.id as string,
  subjectId: cells.subject_id as string,
  occurredAt: cells.occurred_at as Date,
  source: cells.source as string,
  interactionId: cells.interaction_id as string,
});

interface Reading {
  columns: readonly ArchivedColumn[];
  names: ReadonlyMap<string, Item>;
}

function rowOf(cells: Cells, { columns, names }: Reading): ArchivedRow {
  const text = (name: string) => (cells[name] ?? null) as string | null;
  return {
    id: text("id")!,
    subjectId: text("subject_id")!,
    occurredAt: cells.occurred_at as Date,
    endedAt: (cells.ended_at ?? null) as Date | null,
    source: text("source")!,
    channel: text("channel") as Channel,
    universalSessionId: text("universal_session_id"),
    device: text("device"),
    contactKeys: (cells.contact_keys ?? []) as string[],
    interactionId: text("interaction_id")!,
    sessionId: text(SESSION),
    names: NAMED.flatMap((column) => names.get(text(column) ?? "") ?? []),
    fields: Object.fromEntries(
      columns.filter(({ name }) => name in cells).map(({ name, type }) => [name, jsonOf(cells[name] ?? null, type)]),
    ),
  };
}

/** A document stays the text that it is: numbers of it may be longer than those of JavaScript. */
const jsonOf = (value: unknown, type: string): string =>
  type === "jsonb" && value !== null ? String(value) : JSON.stringify(value);
