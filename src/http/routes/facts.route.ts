import { createHash, type Hash } from "node:crypto";
import { Readable } from "node:stream";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { RecordWriter } from "../../facts/writer.ts";
import type { Limits } from "../../graphql/engine/limits.ts";
import type { Ingest } from "../../ingest/ingest.ts";
import {
  countReceipts,
  type IncomingRecord,
  isForbidden,
  type Receipt,
  type ReceiptCounts,
} from "../../ingest/receipt.ts";
import { AppError, type ErrorCode } from "../../kit/errors.ts";
import { isShallow } from "../../kit/text.ts";
import type { RequestContext } from "../../request.ts";
import { HttpError } from "../errors.ts";
import { askerOf } from "./graphql.route.ts";
import { findAnswer, saveAnswer } from "./idempotency.repository.ts";
import { readLines } from "./lines.ts";

export interface FactsRouteDeps {
  ingest: Pick<Ingest, "accept" | "acceptOne">;
  db: RequestContext["db"];
  limits: Pick<Limits, "recordsPerRequest" | "linesPerRequest" | "lineBytes">;
}

/** The answer of an entry point of /v1: one receipt for each record, in their order. */
export interface FactsAnswer {
  receipts: PublicReceipt[];
  counts: ReceiptCounts;
  /** Of a single record that is rejected, as in every answer that is no success. */
  error?: { code: ErrorCode; message: string };
}
type PublicReceipt = Omit<Receipt, "subjectId">;

/** The plural in the address, and the kind of record behind it. */
export const ENTRY_POINTS = {
  interactions: "interaction",
  calls: "call",
  touchpoints: "touchpoint",
  customers: "customer",
} as const;
export const NDJSON = "application/x-ndjson";

const ENTRY_POINT = "rest";

/** POST /v1/interactions, /v1/calls, /v1/touchpoints and /v1/customers. */
export function factsRoute(server: FastifyInstance, deps: FactsRouteDeps): void {
  // Passes the stream on: an NDJSON body is never held as a whole.
  server.addContentTypeParser([NDJSON, "application/ndjson", "application/jsonl"], (_request, payload, done) =>
    done(null, payload),
  );
  for (const [plural, kind] of Object.entries(ENTRY_POINTS)) {
    server.post(
      `/v1/${plural}`,
      { config: { access: kind === "touchpoint" ? "touchpoints:write" : "facts:write", parameters: [] } },
      (request, reply) => {
        const writer = askerOf(request).viewer;
        const ingest = writer.role === "collector" ? concealing(deps.ingest) : deps.ingest;
        const entryPoint = { ...deps, ingest, kind, key: idempotencyKeyOf(request), writer };
        return isStream(request.body)
          ? takeLines(entryPoint, request.body, reply)
          : takeRecords(entryPoint, request.body, reply);
      },
    );
  }
}

type Accepting = Pick<Ingest, "accept" | "acceptOne">;

/** Ingest for a key that anybody may read: its receipts tell nobody whose a record is. */
function concealing(ingest: Accepting): Accepting {
  const conceal = (receipt: Receipt): Receipt => ({ ...receipt, customerId: null });
  return {
    async accept(records, { alongside, ...options }) {
      const within = alongside && ((tx: RequestContext["db"], all: Receipt[]) => alongside(tx, all.map(conceal)));
      return (await ingest.accept(records, { ...options, alongside: within })).map(conceal);
    },
    acceptOne: async (record, options) => conceal(await ingest.acceptOne(record, options)),
  };
}

interface FactsEntry extends FactsRouteDeps {
  kind: IncomingRecord["kind"];
  key: string | null;
  writer: RecordWriter;
}

async function takeRecords(entryPoint: FactsEntry, body: unknown, reply: FastifyReply): Promise<FactsAnswer> {
  const records = recordsOf(body, entryPoint);
  const answer = await answerRecords(entryPoint, records, reply);
  return records[0]?.body === body ? answerToOne(answer, reply) : answer;
}

/** A record that came by itself and is rejected is a refused request; of a list, each record has its receipt. */
function answerToOne(answer: FactsAnswer, reply: FastifyReply): FactsAnswer {
  const [receipt] = answer.receipts;
  if (receipt?.status !== "REJECTED") return answer;
  const [status, code] = isForbidden(receipt) ? ([403, "FORBIDDEN"] as const) : ([422, "REJECTED"] as const);
  reply.code(status);
  return { ...answer, error: { code, message: receipt.message ?? "The record cannot be used." } };
}

async function answerRecords(
  entryPoint: FactsEntry,
  records: IncomingRecord[],
  reply: FastifyReply,
): Promise<FactsAnswer> {
  const bodyHash = entryPoint.key ? createHash("sha256").update(textOf(records)).digest() : NO_HASH;
  const earlier = await earlierAnswer(entryPoint, bodyHash);
  if (earlier) return replay(earlier, reply);
  const [only] = records;
  if (records.length === 1 && only && !entryPoint.key)
    return answerOf([await entryPoint.ingest.acceptOne(only, { entryPoint: ENTRY_POINT })]);
  return acceptOnce(entryPoint, { records, bodyHash, reply });
}

const NO_HASH = Buffer.alloc(0);

/** Bodies nested too deep have one text, since they cannot be written out. */
function textOf(records: readonly IncomingRecord[]): string {
  return JSON.stringify(records.map(({ body }) => (isShallow(body) ? body : null)));
}

/** Stores the answer in the records' own transaction: after a crash either both are there or neither. */
async function acceptOnce(
  entryPoint: FactsEntry,
  { records, bodyHash, reply }: { records: IncomingRecord[]; bodyHash: Buffer; reply: FastifyReply },
): Promise<FactsAnswer> {
  const { key, ingest } = entryPoint;
  const alongside = async (tx: RequestContext["db"], receipts: Receipt[]) => {
    if (key && !(await saveAnswer(tx, key, { bodyHash, answer: answerOf(receipts) }))) throw new Overtaken();
  };
  try {
    return answerOf(await ingest.accept(records, { entryPoint: ENTRY_POINT, alongside }));
  } catch (error) {
    if (!(error instanceof Overtaken)) throw error;
    const earlier = await earlierAnswer(entryPoint, bodyHash);
    if (!earlier) throw error;
    return replay(earlier, reply);
  }
}

/** Another request with the same key was answered meanwhile; these records were rolled back. */
class Overtaken extends Error {}

/**
 * Takes lines in as they arrive and answers when all are stored: a client that reads nothing before it has sent
 * everything cannot block the server. After an error it may send everything again, since every record is idempotent.
 */
async function takeLines(entryPoint: FactsEntry, stream: Readable, reply: FastifyReply): Promise<FactsAnswer | string> {
  const hash = createHash("sha256");
  const known = entryPoint.key ? await findAnswer(entryPoint.db, entryPoint.key) : null;
  const receipts = known ? await drain(stream, hash) : await acceptLines(entryPoint, hashing(stream, hash));
  const bodyHash = hash.digest();
  if (known) {
    const earlier = await earlierAnswer(entryPoint, bodyHash);
    if (earlier) return printLines(replay(earlier, reply).receipts, reply);
  }
  if (entryPoint.key) await saveAnswer(entryPoint.db, entryPoint.key, { bodyHash, answer: answerOf(receipts) });
  return printLines(receipts.map(published), reply);
}

async function acceptLines(entryPoint: FactsEntry, stream: AsyncIterable<Buffer>): Promise<Receipt[]> {
  const { kind, writer, ingest, limits } = entryPoint;
  const { recordsPerRequest: blockSize, lineBytes, linesPerRequest: mostLines } = limits;
  const receipts: Receipt[] = [];
  for await (const block of readLines(stream, { blockSize, lineBytes, mostLines })) {
    const records = block.map((line) => ({ kind, writer, ...line }));
    receipts.push(...(await ingest.accept(records, { entryPoint: ENTRY_POINT })));
  }
  return receipts;
}

async function* hashing(stream: Readable, hash: Hash): AsyncGenerator<Buffer> {
  for await (const chunk of stream) {
    hash.update(chunk);
    yield chunk;
  }
}

async function drain(stream: Readable, hash: Hash): Promise<Receipt[]> {
  for await (const chunk of stream) hash.update(chunk);
  return [];
}

function printLines(receipts: readonly PublicReceipt[], reply: FastifyReply): string {
  reply.type(NDJSON);
  return receipts.map((receipt) => `${JSON.stringify(receipt)}\n`).join("");
}

async function earlierAnswer({ db, key }: FactsEntry, bodyHash: Buffer): Promise<FactsAnswer | null> {
  const earlier = key ? await findAnswer(db, key) : null;
  if (!earlier) return null;
  if (bodyHash.equals(earlier.bodyHash)) return earlier.answer as FactsAnswer;
  throw new AppError("CONFLICT", "This Idempotency-Key was used for another body: send a new key with a new body.");
}

function replay(answer: FactsAnswer, reply: FastifyReply): FactsAnswer {
  reply.header("idempotency-replayed", "true");
  return answer;
}

function recordsOf(body: unknown, { kind, writer, limits }: FactsEntry): IncomingRecord[] {
  const bodies = listOf(body);
  if (bodies.length <= limits.recordsPerRequest) return bodies.map((one) => ({ kind, body: one, writer }));
  const message = `At most ${limits.recordsPerRequest} records in a JSON body: send them in several, or as ${NDJSON}.`;
  throw new HttpError(413, { code: "LIMIT_EXCEEDED", message });
}

function listOf(body: unknown): unknown[] {
  if (Array.isArray(body)) return body;
  if (typeof body !== "object" || body === null)
    throw new AppError("BAD_INPUT", 'Send a record, a list of records, or {"records": […]}.');
  const { records, ...beside } = body as { records?: unknown };
  if (!Array.isArray(records)) return [body];
  const [field] = Object.keys(beside);
  if (field === undefined) return records;
  const message = `Beside records no field is read, and ${JSON.stringify(field.slice(0, 64))} is there: put it into each record.`;
  throw new AppError("BAD_INPUT", message);
}

/** Keys of different callers never collide. */
function idempotencyKeyOf({ headers, credential, routeOptions }: FastifyRequest): string | null {
  const key = headers["idempotency-key"];
  if (key === undefined) return null;
  if (typeof key === "string" && /^[\x21-\x7e]{1,255}$/.test(key))
    return `${credential?.viewer.id} ${routeOptions.url} ${key}`;
  throw new AppError("BAD_INPUT", "An Idempotency-Key has 1 to 255 printable characters and no spaces.");
}

/** Receipts without the subject, and counted. */
export function answerOf(receipts: readonly Receipt[]): FactsAnswer {
  return { receipts: receipts.map(published), counts: countReceipts(receipts) };
}

/** The subject is a hash of an identity, of no use outside. */
function published({ subjectId: _, ...receipt }: Receipt): PublicReceipt {
  return receipt;
}

function isStream(body: unknown): body is Readable {
  return body instanceof Readable;
}
