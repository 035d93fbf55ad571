import { AppError } from "../../../kit/errors.ts";

/** Files that are no text, by their first bytes, and what to do with each. */
const OTHER_KINDS: readonly (readonly [head: string, kind: string, remedy: string])[] = [
  ["504b0304", "a workbook (.xlsx, .ods) or another ZIP archive", "save it as CSV, or unpack it"],
  ["d0cf11e0", "an old workbook (.xls)", "save it as CSV"],
  ["1f8b", "compressed with gzip", "unpack it (gunzip)"],
  ["425a68", "compressed with bzip2", "unpack it (bunzip2)"],
  ["fd377a58", "compressed with xz", "unpack it (unxz)"],
  ["28b52ffd", "compressed with zstd", "unpack it (unzstd)"],
  ["25504446", "a PDF", "export the table behind it as CSV"],
  ["50415231", "Parquet", "export it as CSV or NDJSON"],
];
const UTF_16 = [
  ["fffe", "utf-16le"],
  ["feff", "utf-16be"],
] as const;
const HEAD_BYTES = 4;

/** Passes the bytes of a text on; a file of another kind is refused at once, with the remedy. */
export async function* onlyText(bytes: AsyncIterable<Uint8Array>, isUtf16: boolean): AsyncGenerator<Uint8Array> {
  let head: Buffer | null = Buffer.alloc(0);
  for await (const chunk of bytes) {
    if (head === null) {
      yield chunk;
      continue;
    }
    head = Buffer.concat([head, chunk]);
    if (head.length < HEAD_BYTES) continue;
    refuseOtherKinds(head, isUtf16);
    yield head;
    head = null;
  }
  if (head !== null && head.length > 0) yield head;
}

function refuseOtherKinds(head: Buffer, isUtf16: boolean): void {
  const digits = head.toString("hex", 0, HEAD_BYTES);
  const other = OTHER_KINDS.find(([start]) => digits.startsWith(start));
  if (other) throw new AppError("BAD_INPUT", `The file is ${other[1]}: ${other[2]}.`);
  const [, encoding] = UTF_16.find(([mark]) => digits.startsWith(mark)) ?? [];
  if (!encoding || isUtf16) return;
  const remedy = `convert it to UTF-8, or state encoding: ${encoding} in the mapping`;
  throw new AppError("BAD_INPUT", `The file is UTF-16 (line 1): ${remedy}.`);
}
