import { Readable } from "node:stream";
import { createBrotliDecompress, createGunzip, createInflate } from "node:zlib";
import type { FastifyReply, FastifyRequest } from "fastify";
import { HttpError } from "./errors.ts";

/** Every Content-Encoding that is read. */
const UNPACKERS = { gzip: createGunzip, deflate: createInflate, br: createBrotliDecompress } as const;
type Encoding = keyof typeof UNPACKERS;

/** The name that RFC 9110 asks to take for gzip. */
const ALIASES: Readonly<Record<string, string>> = { "x-gzip": "gzip" };

/**
 * A hook that hands on each body as it was before its Content-Encoding. What a route reads whole is bounded by Fastify's
 * own limit, which counts what comes out; `most` bounds the streams. Nothing is unpacked after the answer.
 */
export function unpackBodies(most: number) {
  return async (request: FastifyRequest, reply: FastifyReply, packed: Readable): Promise<Readable> => {
    const encoding = encodingOf(request, reply);
    return encoding === null ? packed : unpack(packed, { encoding, most, answer: reply.raw });
  };
}

/** The encoding of a body; null where there is no body, or it comes as it is. */
function encodingOf({ method, headers }: FastifyRequest, reply: FastifyReply): Encoding | null {
  const sent = (headers["content-encoding"] ?? "").trim().toLowerCase();
  if (method === "GET" || method === "HEAD" || sent === "" || sent === "identity") return null;
  const encoding = ALIASES[sent] ?? sent;
  if (isEncoding(encoding)) return encoding;
  // RFC 7694: a server that refuses an encoding names those that it accepts.
  reply.header("accept-encoding", Object.keys(UNPACKERS).join(", "));
  const message = `A body in Content-Encoding ${sent.slice(0, 40)} is not read: send gzip, deflate or br, or the body as it is.`;
  throw new HttpError(415, { code: "BAD_INPUT", message });
}

function isEncoding(name: string): name is Encoding {
  return Object.hasOwn(UNPACKERS, name);
}

interface Unpacking {
  encoding: Encoding;
  most: number;
  answer: NodeJS.EventEmitter;
}

/** Without `pipeline`, which would cut the connection of a sender that has yet to hear why its body was refused. */
function unpack(packed: Readable, { encoding, most, answer }: Unpacking): Readable {
  const unpacker = UNPACKERS[encoding]();
  packed.pipe(unpacker);
  answer.once("close", () => {
    packed.unpipe(unpacker);
    packed.resume();
    unpacker.destroy();
  });
  const body = Readable.from(bounded(unpacker, { encoding, most }));
  // Fastify stops listening once it refuses a body, and an error that nobody listens to would end the process.
  for (const stream of [unpacker, body]) stream.on("error", () => {});
  // Fastify compares the Content-Length with this.
  return Object.defineProperty(body, "receivedEncodedLength", { get: () => unpacker.bytesWritten });
}

async function* bounded(
  unpacker: AsyncIterable<Buffer>,
  { encoding, most }: Pick<Unpacking, "encoding" | "most">,
): AsyncGenerator<Buffer> {
  let bytes = 0;
  try {
    for await (const chunk of unpacker) {
      bytes += chunk.length;
      if (bytes > most) throw new HttpError(413, { code: "LIMIT_EXCEEDED", message: tooLarge(most) });
      yield chunk;
    }
  } catch (error) {
    if (error instanceof HttpError) throw error;
    const message = `The body is not ${encoding}, or is cut off: pack it again, or send it without Content-Encoding.`;
    throw new HttpError(400, { code: "BAD_INPUT", message });
  }
}

function tooLarge(most: number): string {
  return `The body unpacks to more than ${most} bytes: send it in several.`;
}
