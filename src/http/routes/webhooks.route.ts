import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { Connector } from "../../connectors/connector.ts";
import { CONNECTORS } from "../../connectors/connectors.ts";
import { isAuthentic, mayBeAuthentic } from "../../connectors/proof.ts";
import type { Ingest } from "../../ingest/ingest.ts";
import type { IncomingRecord, Receipt } from "../../ingest/receipt.ts";
import { type IngestObserver, startStepClock } from "../../ingest/steps.ts";
import { AppError } from "../../kit/errors.ts";
import type { Log } from "../../kit/log.ts";
import { isShallow, MAX_LEVELS } from "../../kit/text.ts";
import { refuseOtherThanUtf8 } from "../errors.ts";
import type { Gate } from "../gate.ts";
import { answerOf } from "./facts.route.ts";
import { messagesIn } from "./webhook-body.ts";

export interface WebhooksRouteDeps {
  gate: Pick<Gate, "countUnsigned" | "countSigned">;
  ingest: Ingest;
  observer: IngestObserver;
  /** Secrets by connector; several while one replaces another. */
  secrets: Readonly<Record<string, readonly string[]>>;
  publicUrl: string | null;
  log: Log;
}

/** POST /v1/webhooks/<connector>: the sender's signature or secret is its key. */
export function webhooksRoute(server: FastifyInstance, deps: WebhooksRouteDeps): void {
  const connectors = new Map(CONNECTORS.map((connector) => [connector.name, connector]));
  server.register(async (scope) => {
    /** Counts what is refused: a signed request is never, whatever else comes from its address. */
    const refused = (request: FastifyRequest, error: AppError): AppError => {
      deps.gate.countUnsigned(request.raw);
      return error;
    };
    /** Before the body is read: who has no secret, or sends no proof, makes us read nothing. */
    const refuseUnproven = (request: FastifyRequest, name: string): void => {
      const connector = connectors.get(name);
      if (!connector) throw refused(request, unknownConnector([...connectors.keys()]));
      const secrets = secretsOf(connector, deps);
      if (!mayBeAuthentic(connector.proof, request.headers, secrets)) throw refused(request, unproven(connector));
    };
    // The bytes are signed, so nothing may parse them before the check.
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser("*", { parseAs: "buffer" }, (_request, body, done) => done(null, body));
    scope.post<{ Params: { connector: string } }>(
      "/v1/webhooks/:connector",
      {
        // Counted once it is known who sends.
        config: { access: "uncounted" },
        preParsing: async (request) => refuseUnproven(request, request.params.connector),
      },
      async (request, reply) => {
        const connector = connectors.get(request.params.connector)!;
        const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
        if (!isSigned(connector, { request, body, deps })) throw refused(request, unproven(connector));
        request.isProven = true;
        deps.gate.countSigned(connector.name);
        refuseOtherThanUtf8(body);
        // Before its records: what is stored of a message can always be read again.
        await deps.ingest.keepOriginal({ connector: connector.name, headers: readingHeaders(request), body });
        const records = recordsIn({ request, body, deps }, connector);
        const receipts = await takeIn(deps.ingest, records, `webhook:${connector.name}`);
        return answer(receipts, { connector, request, reply });
      },
    );
  });
}

/** What says how to read the body: its type, and a CloudEvent's envelope. */
function readingHeaders({ headers }: FastifyRequest): Record<string, string> {
  const named = Object.entries(headers).filter(([name]) => name === "content-type" || name.startsWith("ce-"));
  return Object.fromEntries(named.map(([name, value]) => [name, String(value)]));
}

function unknownConnector(known: readonly string[]): AppError {
  return new AppError("NOT_FOUND", `No such connector: post to one of ${known.join(", ")}.`);
}

interface Posted {
  request: FastifyRequest;
  body: Buffer;
  deps: WebhooksRouteDeps;
}

/** The secrets of a connector; none where a setting is missing, which the log says and no stranger is told. */
function secretsOf({ name, proof }: Connector, { secrets, publicUrl, log }: WebhooksRouteDeps): readonly string[] {
  const set = Object.hasOwn(secrets, name) ? secrets[name]! : [];
  const missing =
    set.length === 0 ? "C360_WEBHOOK_SECRETS" : proof.signsAddress && !publicUrl ? "C360_PUBLIC_URL" : null;
  if (missing === null) return set;
  log.warn("webhook.not-set", { connector: name, missing });
  return [];
}

function isSigned(connector: Connector, { request, body, deps }: Posted): boolean {
  const { headers, url } = request;
  const signed = { headers, body, path: url, publicUrl: deps.publicUrl };
  return isAuthentic(connector.proof, signed, secretsOf(connector, deps));
}

function unproven({ name, proof }: Connector): AppError {
  const message = `The request is not signed by any secret of ${name} that is set here. ${proof.says}`;
  return new AppError("UNAUTHENTICATED", message);
}

function recordsIn({ request, body, deps }: Posted, connector: Connector): readonly IncomingRecord[] {
  const clock = startStepClock();
  const messages = messagesIn(body, request.headers);
  clock.mark("decode");
  const records = recordsOfMessages(connector, messages);
  clock.mark("adapt");
  clock.tell(deps.observer);
  return records;
}

/** Our own record is one level deeper in a CloudEvent. */
const MESSAGE_LEVELS = MAX_LEVELS + 1;

/** What a connector makes of messages. */
export function recordsOfMessages(connector: Connector, messages: readonly unknown[]): readonly IncomingRecord[] {
  return messages.flatMap((message) => adapted(connector, message));
}

/** Refuses a message that is nested too deep before anybody reads it: recursive code would overflow the stack. */
function adapted(connector: Connector, message: unknown): readonly IncomingRecord[] {
  if (isShallow(message, MESSAGE_LEVELS)) return connector.adapt(message);
  return [{ kind: "interaction", body: { source: connector.name, message } }];
}

async function takeIn(ingest: Ingest, records: readonly IncomingRecord[], entryPoint: string): Promise<Receipt[]> {
  const [only] = records;
  if (!only) return [];
  return records.length === 1 ? [await ingest.acceptOne(only, { entryPoint })] : ingest.accept(records, { entryPoint });
}

interface Answering {
  connector: Connector;
  request: FastifyRequest;
  reply: FastifyReply;
}

/** The answer that the sender expects; on any other it sends again or gives up. */
function answer(receipts: readonly Receipt[], { connector: { acknowledgement }, request, reply }: Answering): unknown {
  const body = acknowledgement?.bodyOf({ headers: request.headers, now: new Date() }) ?? null;
  if (!acknowledgement || body === null) return answerOf(receipts);
  return reply.type(`${acknowledgement.mediaType}; charset=utf-8`).send(body);
}
