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

/** Deletes rejections of these records, and those that name these identities; answers how many. */
export async function forgetRejections(db: Db, sought: Sought): Promise<number> {
  let gone = 0;
  for await (const page of readRejections(db)) {
    const named = page.filter((one) => isOf(one, sought)).map(({ id }) => id);
    gone += await deleteRejections(db, named);
  }
  return gone;
}

function isOf({ kind, source, sourceId, message, body }: RefusedRow, { mentions, records, key }: Sought): boolean {
  if (sourceId !== null && records.has(recordId(kind === "call" ? "interaction" : kind, source, sourceId))) return true;
  return mentions([sourceId, message]) || (body !== null && mentions(open(key, body)));
}

/** Deletes kept messages that name these identities, whole: what else they say was stored when they came. */
export async function forgetOriginalsNaming(db: Db, { mentions, key }: Sought): Promise<number> {
  let gone = 0;
  for await (const page of readOriginals(db)) {
    const named = page.filter(({ body }) => mentions(messageIn(open(key, body)))).map(({ id }) => id);
    gone += await deleteOriginalsById(db, named);
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
