import { once } from "node:events";
import { createWriteStream, type WriteStream } from "node:fs";
import { finished } from "node:stream/promises";
import type { Db } from "../../db/client.ts";
import type { Decoded } from "../../ingest/reading/decode/row.ts";
import { findRejects, type StoredReject } from "./imports.repository.ts";
import type { RejectLine } from "./summary.ts";

const PAGE = 1_000;

/**
 * Writes all rejections of an import, earlier runs included, with the row of the file: one JSON object a line. It reads
 * the file once more, so that no raw row needs to be stored.
 */
export async function writeRejects(
  db: Db,
  { importId, rows, path }: { importId: string; rows: AsyncIterable<Decoded[]>; path: string },
): Promise<void> {
  const file = createWriteStream(path);
  const rejects = rejectsOf(db, importId);
  let next = (await rejects.next()).value;
  for await (const block of rows) {
    if (!next) break;
    for (const { line, raw } of block) {
      while (next && next.line <= line) {
        await write(file, { ...shown(next), raw: next.line === line ? raw : null });
        next = (await rejects.next()).value;
      }
    }
  }
  file.end();
  await finished(file);
}

async function* rejectsOf(db: Db, importId: string): AsyncGenerator<StoredReject, undefined> {
  let after: StoredReject | null = null;
  for (;;) {
    const page: StoredReject[] = await findRejects(db, { importId, after, limit: PAGE });
    yield* page;
    after = page.at(-1) ?? null;
    if (page.length < PAGE) return undefined;
  }
}

function shown({ line, reason, message, kind, sourceId }: StoredReject): Omit<RejectLine, "raw"> {
  return { line, reason, message, kind, sourceId };
}

async function write(file: WriteStream, reject: RejectLine): Promise<void> {
  if (!file.write(`${JSON.stringify(reject)}\n`)) await once(file, "drain");
}
