const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;
/** The most bytes that are searched for the end of the first line. */
const MAX_SEARCHED = 1_048_576;

/**
 * Text with a line feed at the end of each line. In a file whose first line ends with a carriage return alone ("CSV
 * (Macintosh)"), every carriage return becomes one; any other file passes as it is.
 */
export async function* withLineFeeds(chunks: AsyncIterable<Buffer>, quote: string | null): AsyncGenerator<Buffer> {
  const quoteByte = quote === null ? -1 : quote.charCodeAt(0);
  let head: Buffer | null = Buffer.alloc(0);
  let returns = false;
  for await (const chunk of chunks) {
    if (head === null) {
      yield returns ? withoutReturns(chunk) : chunk;
      continue;
    }
    head = Buffer.concat([head, chunk]);
    const end = firstBreak(head, quoteByte);
    if (end === null && head.length < MAX_SEARCHED) continue;
    returns = end === CARRIAGE_RETURN;
    yield returns ? withoutReturns(head) : head;
    head = null;
  }
  if (head !== null) yield /\r$/.test(head.toString("latin1")) ? withoutReturns(head) : head;
}

/** What ends the first line, quoted breaks apart; null where that cannot be said yet. */
function firstBreak(text: Buffer, quote: number): number | null {
  let isQuoted = false;
  for (let at = 0; at < text.length; at += 1) {
    const byte = text[at]!;
    if (byte === quote) isQuoted = !isQuoted;
    if (isQuoted) continue;
    if (byte === LINE_FEED) return LINE_FEED;
    if (byte !== CARRIAGE_RETURN) continue;
    while (text[at + 1] === CARRIAGE_RETURN) at += 1;
    const next = text[at + 1];
    if (next === undefined) return null;
    return next === LINE_FEED ? LINE_FEED : CARRIAGE_RETURN;
  }
  return null;
}

function withoutReturns(text: Buffer): Buffer {
  const lines = Buffer.from(text);
  for (let at = lines.indexOf(CARRIAGE_RETURN); at !== -1; at = lines.indexOf(CARRIAGE_RETURN, at + 1)) {
    lines[at] = LINE_FEED;
  }
  return lines;
}
