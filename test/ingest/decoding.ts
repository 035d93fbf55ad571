import type { FileLayout } from "../../src/connectors/mapping/layout.ts";
import { decode } from "../../src/ingest/reading/decode/decode.ts";
import type { Decoded } from "../../src/ingest/reading/decode/row.ts";

async function* inPieces(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let start = 0; start < bytes.length; start += size) yield bytes.subarray(start, start + size);
}

/** Reads a file whose bytes arrive in pieces. */
export async function read(content: string | Uint8Array, options: FileLayout, pieces = 65_536): Promise<Decoded[]> {
  const decoded: Decoded[] = [];
  for await (const block of decode(inPieces(Buffer.from(content), pieces), options)) decoded.push(...block);
  return decoded;
}

export const rowsOf = (decoded: readonly Decoded[]) => decoded.flatMap((one) => ("row" in one ? [one.row] : []));
export const faultsOf = (decoded: readonly Decoded[]) =>
  decoded.flatMap((one) => ("fault" in one ? [[one.line, one.fault.reason]] : []));
