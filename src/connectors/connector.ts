import type { IncomingHttpHeaders } from "node:http";
import type { Example } from "../kit/example.ts";
import type { Adapter } from "./adapter.ts";
import type { Proof } from "./proof.ts";

/** What differs from one sender of webhooks to another. `POST /v1/webhooks/<name>` and its documentation are made from it. */
export interface Connector<Payload = unknown> extends Adapter {
  /** The name of the vendor or the standard, as it spells it. */
  readonly title: string;
  /** The messages that it sends, under the vendor's names. */
  readonly sends: string;
  /** An example of its messages, about invented people; a test sends it. */
  readonly example: Example<Payload>;
  /** How it proves who it is: by the vendor's signature, or by a shared secret when the vendor signs nothing. */
  readonly proof: Proof;
  /** The media types of its messages, that of the example first; JSON and JSON lines when left out. */
  readonly mediaTypes?: readonly MediaType[];
  /** The answer that it expects, when that is not the list of receipts. */
  readonly acknowledgement?: Acknowledgement;
  /** Whether its messages may be CloudEvents, whose envelope the adapter reads itself. */
  readonly readsEnvelopes?: boolean;
  /** A sentence for the documentation of its address. */
  readonly remark?: string;
}

export const JSON_BODY = "application/json";
export const JSON_LINES = "application/x-ndjson";
export const FORM = "application/x-www-form-urlencoded";
export const CSV = "text/csv";
export type MediaType = typeof JSON_BODY | typeof JSON_LINES | typeof FORM | typeof CSV;

/** The answer that a vendor expects in place of receipts. */
export interface Acknowledgement {
  /** The description, media type and schema of the answer, for OpenAPI. */
  readonly description: string;
  readonly mediaType: string;
  readonly schema: Readonly<Record<string, unknown>>;
  /** The answer to one request; null when the request is answered with receipts. */
  readonly bodyOf: (request: { headers: IncomingHttpHeaders; now: Date }) => string | object | null;
}
