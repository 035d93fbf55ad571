import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { Ingest } from "../../ingest/accept.ts";
import type { IncomingRecord, Receipt } from "../../ingest/receipt.ts";
import { AppError } from "../../kit/errors.ts";
import { refuseOtherThanUtf8 } from "../errors.ts";
import { isAuthentic, schemeOf } from "../signatures.ts";
import { answerOf } from "./facts.route.ts";
import { messagesIn } from "./webhook-body.ts";

export interface WebhooksRouteDeps {
  ingest: Ingest;
  dialects: readonly Dialect[];
  /** By dialect; several at once while one is replaced by another. */
  secrets: Readonly<Record<string, readonly string[]>>;
  publicUrl: string | null;
}

/** A language that a sender speaks: a pure adapter from its messages to records. */
export interface Dialect {
  readonly name: string;
  adapt(message: unknown): readonly IncomingRecord[];
}

/** POST /v1/webhooks/<dialect>: the sender's signature or secret is its key. */
export function webhooksRoute(server: FastifyInstance, deps: WebhooksRouteDeps): void {
  const dialects = new Map(deps.dialects.map((dialect) => [dialect.name, dialect]));
  server.register(async (scope) => {
    // What was signed are the bytes: nothing may parse them before they are checked.
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser("*", { parseAs: "buffer" }, (_request, body, done) => done(null, body));
    scope.post<{ Params: { dialect: string } }>(
      "/v1/webhooks/:dialect",
      { config: { access: "open" } },
      async (request, reply) => {
        const dialect = dialects.get(request.params.dialect);
        if (!dialect) throw unknownDialect([...dialects.keys()]);
        const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
        authenticate(dialect.name, { request, body, deps });
        refuseOtherThanUtf8(body);
        const records = messagesIn(body, request.headers).flatMap((message) => dialect.adapt(message));
        const receipts = await takeIn(deps.ingest, records, `webhook:${dialect.name}`);
        return answer(receipts, { dialect: dialect.name, request, reply });
      },
    );
  });
}

function unknownDialect(known: readonly string[]): AppError {
  return new AppError("NOT_FOUND", `No such dialect: post to one of ${known.join(", ")}.`);
}

interface Posted {
  request: FastifyRequest;
  body: Buffer;
  deps: WebhooksRouteDeps;
}

function authenticate(dialect: string, { request, body, deps }: Posted): void {
  const secrets = Object.hasOwn(deps.secrets, dialect) ? deps.secrets[dialect]! : [];
  if (secrets.length === 0) {
    const message = `No secret is set for ${dialect}: add one to C360_WEBHOOK_SECRETS, such as {"${dialect}": ["…"]}.`;
    throw new AppError("FORBIDDEN", message);
  }
  if (dialect === "twilio" && deps.publicUrl === null) {
    throw new AppError("FORBIDDEN", "Set C360_PUBLIC_URL: Twilio signs the address that it calls.");
  }
  const scheme = schemeOf(dialect);
  const { headers, url } = request;
  if (isAuthentic(scheme, { headers, body, path: url, publicUrl: deps.publicUrl }, secrets)) return;
  throw new AppError("UNAUTHENTICATED", `The request is not signed by any secret of ${dialect}. ${scheme.says}`);
}

async function takeIn(ingest: Ingest, records: readonly IncomingRecord[], door: string): Promise<Receipt[]> {
  const [only] = records;
  if (!only) return [];
  return records.length === 1 ? [await ingest.acceptOne(only, { door })] : ingest.accept(records, { door });
}

interface Answering {
  dialect: string;
  request: FastifyRequest;
  reply: FastifyReply;
}

const EMPTY_TWIML = '<?xml version="1.0" encoding="UTF-8"?><Response/>';

/** What the sender expects to hear: it sends again, or gives up, when it hears anything else. */
function answer(receipts: readonly Receipt[], { dialect, request, reply }: Answering): unknown {
  if (dialect === "twilio") return reply.type("text/xml; charset=utf-8").send(EMPTY_TWIML);
  const firehose = request.headers["x-amz-firehose-request-id"];
  if (firehose !== undefined) return { requestId: firehose, timestamp: Date.now() };
  return answerOf(receipts);
}
