import { createHash } from "node:crypto";
import { createReadStream, existsSync } from "node:fs";
import { open, readFile, stat } from "node:fs/promises";
import { basename } from "node:path";
import type { Mapping } from "../../connectors/mapping/language.ts";
import { readMapping } from "../../connectors/mapping/read.ts";
import { readShipped, shippedMappings } from "../../connectors/mapping/shipped.ts";
import { canonical } from "../../kit/canonical.ts";
import { AppError } from "../../kit/errors.ts";

/** A file to import: its description, and its bytes, which can be read more than once. */
export interface ImportFile {
  path: string;
  name: string;
  size: number;
  modifiedAt: Date;
  /** Changes when the file does. */
  fingerprint: string;
  bytes(onBytes?: (count: number) => void): AsyncIterable<Uint8Array>;
}

/** Bytes read at once: large enough for few turns of the event loop, small beside a batch. */
const CHUNK_BYTES = 262_144;
const HEAD_BYTES = 65_536;

/** Opens a file that has a size and can be read more than once: pipes have neither. */
export async function openImportFile(path: string): Promise<ImportFile> {
  const facts = await stat(path).catch(() => null);
  if (!facts?.isFile()) throw new AppError("NOT_FOUND", `There is no file ${path}.`);
  const fingerprint = createHash("sha256")
    .update(`${facts.size} ${facts.mtimeMs}\n`)
    .update(await headOf(path))
    .digest("hex")
    .slice(0, 32);
  return {
    path,
    name: basename(path),
    size: facts.size,
    modifiedAt: facts.mtime,
    fingerprint,
    async *bytes(onBytes = () => {}) {
      for await (const chunk of createReadStream(path, { highWaterMark: CHUNK_BYTES })) {
        onBytes(chunk.length);
        yield chunk;
      }
    },
  };
}

async function headOf(path: string): Promise<Buffer> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

/** The mapping of this name: a file, or one that comes with the project. */
export async function openMappingFile(name: string): Promise<Mapping> {
  if (existsSync(name)) return readMapping(await readFile(name, "utf8"), name);
  const shipped = shippedMappings();
  if (shipped.includes(name)) return readShipped(name);
  throw new AppError("NOT_FOUND", `There is no mapping file ${name}. Shipped mappings: ${shipped.join(", ")}.`);
}

/** Changes when the meaning of the mapping does. */
export function fingerprintOf(mapping: Mapping): string {
  return createHash("sha256").update(canonical(mapping, true)).digest("hex").slice(0, 32);
}
