import { once } from "node:events";
import { PassThrough } from "node:stream";
import type { FastifyInstance, FastifyReply } from "fastify";
import type { Actor } from "../../kit/actor.ts";
import { AppError } from "../../kit/errors.ts";
import { isId } from "../../kit/page.ts";
import type { ExportWriter } from "../../privacy/export.ts";
import { jsonExport, pageExport } from "../../privacy/export-formats.ts";
import type { Exporter } from "../../privacy/exporter.ts";
import { askerOf } from "./graphql.route.ts";

const FORMATS = {
  json: {
    writer: jsonExport,
    type: "application/json; charset=utf-8",
    disposition: 'attachment; filename="customer.json"',
  },
  page: { writer: pageExport, type: "text/html; charset=utf-8", disposition: "inline" },
} as const;

/** The page has its style within, and nothing else. */
const POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
/** A reader who takes nothing for so long is given up: what they read is held as of one instant. */
const PATIENCE_MS = 60_000;

interface Asked {
  customerId: string;
  by: Actor;
}

/** All that is held of a customer: with a key, or by the short-lived link of `exportCustomer`, which a browser opens. */
export function exportRoute(server: FastifyInstance, exporter: Exporter): void {
  server.get<{ Params: { id: string }; Querystring: Query }>(
    "/v1/customers/:id/export",
    { config: { access: "privacy:export", parameters: ["format"] } },
    (request, reply) => {
      const { viewer } = askerOf(request);
      exporter.check(viewer);
      const { id } = request.params;
      if (!isId(id)) throw new AppError("NOT_FOUND", "No customer has or had this id.");
      return send(reply, {
        exporter,
        asked: { customerId: id.toLowerCase(), by: viewer },
        format: formatIn(request.query),
      });
    },
  );
  server.get<{ Querystring: Query }>(
    "/v1/exports",
    { config: { access: "open", parameters: ["ticket", "format"] } },
    async ({ query }, reply) => {
      const asked = await exporter.admit(query.ticket ?? "");
      return send(reply, { exporter, asked, format: formatIn(query) });
    },
  );
}

interface Query {
  ticket?: string;
  format?: string;
}

function formatIn({ format = "json" }: Query): keyof typeof FORMATS {
  if (format === "json" || format === "page") return format;
  throw new AppError("BAD_INPUT", "Send `format` as json or page.");
}

interface Sending {
  exporter: Exporter;
  asked: Asked;
  format: keyof typeof FORMATS;
}

/** What is refused is refused as an error; what fails once it has begun breaks the answer off. */
async function send(reply: FastifyReply, { exporter, asked, format }: Sending): Promise<FastifyReply> {
  const { writer, type, disposition } = FORMATS[format];
  const body = new PassThrough();
  const { written, begun } = beginning(writer(writeTo(body)));
  const work = exporter.write(asked, written).then(
    () => body.end(),
    (error: Error) => {
      body.destroy(error);
      throw error;
    },
  );
  await Promise.race([begun, work]);
  work.catch(() => {});
  return reply
    .type(type)
    .header("content-disposition", disposition)
    .header("content-security-policy", POLICY)
    .header("referrer-policy", "no-referrer")
    .header("cache-control", "no-store")
    .send(body);
}

/** The writer, and when it begins. */
function beginning(writer: ExportWriter): { written: ExportWriter; begun: Promise<void> } {
  let begin = () => {};
  const begun = new Promise<void>((resolve) => {
    begin = resolve;
  });
  const written: ExportWriter = {
    ...writer,
    async begin(of) {
      begin();
      await writer.begin(of);
    },
  };
  return { written, begun };
}

/** Waits for a slow reader; one who is gone, or takes nothing for a minute, ends the export. */
function writeTo(body: PassThrough): (text: string) => Promise<void> {
  const gone = new AbortController();
  body.once("close", () => gone.abort());
  body.on("error", () => {});
  return async (text) => {
    if (body.write(text)) return;
    await once(body, "drain", { signal: AbortSignal.any([gone.signal, AbortSignal.timeout(PATIENCE_MS)]) });
  };
}
