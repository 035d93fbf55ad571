import { gunzipSync } from "node:zlib";
import type { Db } from "../../db/client.ts";
import { recordId } from "../../kit/id.ts";
import { open } from "../../kit/seal.ts";
import type { Mentions } from "./mentions.ts";
import {
  deleteOriginalsById,
  deleteRejections,
  type RefusedRow,
  readOriginals,
  readRejections,
} from "./sealed.repository.ts";

/** Whose sealed messages are looked for. */
interface Sought {
  mentions: Mentions;
  records: ReadonlySet<string>;
  key: Uint8Array;
}

/** Rejections of these records, and those that name these identities, with their bodies opened. */
export async function* readRejectionsOf(
  db: Db,
  sought: Sought,
): AsyncGenerator<(Omit<RefusedRow, "body"> & { body: unknown })[]> {
  for await (const page of readRejections(db)) {
    const theirs = page.filter((one) => isOf(one, sought));
    yield theirs.map((one) => ({ ...one, body: one.body && open(sought.key, one.body) }));
  }
}

/** Deletes rejections of these records, and those that name these identities; answers how many. */
export async function forgetRejections(db: Db, sought: Sought): Promise<number> {
  let gone = 0;
  for await (const page of readRejectionsOf(db, sought)) {
    gone += await deleteRejections(
      db,
      page.map(({ id }) => id),
    );
  }
  return gone;
}

function isOf({ kind, source, sourceId, message, body }: RefusedRow, { mentions, records, key }: Sought): boolean {
  if (sourceId !== null && records.has(recordId(kind === "call" ? "interaction" : kind, source, sourceId))) return true;
  return mentions([sourceId, message]) || (body !== null && mentions(open(key, body)));
}

/** Kept messages that name these identities, opened. */
export async function* readOriginalsNaming(
  db: Db,
  { mentions, key }: Sought,
): AsyncGenerator<{ id: string; message: unknown }[]> {
  for await (const page of readOriginals(db)) {
    yield page
      .map(({ id, body }) => ({ id, message: messageIn(open(key, body)) }))
      .filter(({ message }) => mentions(message));
  }
}

/** Deletes kept messages that name these identities, whole: what else they say was stored when they came. */
export async function forgetOriginalsNaming(db: Db, sought: Sought): Promise<number> {
  let gone = 0;
  for await (const page of readOriginalsNaming(db, sought)) {
    gone += await deleteOriginalsById(
      db,
      page.map(({ id }) => id),
    );
  }
  return gone;
}

function messageIn(sealed: unknown): unknown {
  const { headers, body } = sealed as { headers: unknown; body: string };
  const text = gunzipSync(Buffer.from(body, "base64")).toString("utf8");
  try {
    return [headers, JSON.parse(text)];
  } catch {
    return [headers, text];
  }
}
