import type { IncomingHttpHeaders } from "node:http";
import type { Example } from "../kit/example.ts";
import type { Adapter } from "./adapter.ts";
import type { Proof } from "./proof.ts";

/** All that is particular to one sender of webhooks: `POST /v1/webhooks/<name>` and its documentation follow from it. */
export interface Connector<Payload = unknown> extends Adapter {
  /** The vendor or the standard, as it writes itself. */
  readonly title: string;
  /** The messages that it sends, named in its own words. */
  readonly sends: string;
  /** One of its messages, about invented people; a test sends it. */
  readonly example: Example<Payload>;
  /** How it proves who it is: its vendor's signature, or a shared secret where the vendor signs nothing. */
  readonly proof: Proof;
  /** What it writes its messages in, the example first; JSON and JSON lines when left out. */
  readonly mediaTypes?: readonly MediaType[];
  /** What it wants to hear, when that is not a list of receipts. */
  readonly acknowledgement?: Acknowledgement;
  /** Its messages may be CloudEvents of its own, which it reads with their envelope. */
  readonly readsEnvelopes?: boolean;
  /** A sentence for its page of the documentation. */
  readonly remark?: string;
}

export const JSON_BODY = "application/json";
export const JSON_LINES = "application/x-ndjson";
export const FORM = "application/x-www-form-urlencoded";
export const CSV = "text/csv";
export type MediaType = typeof JSON_BODY | typeof JSON_LINES | typeof FORM | typeof CSV;

/** An answer in a sender's own words. */
export interface Acknowledgement {
  /** For the documentation: what the answer says, its media type and its schema. */
  readonly description: string;
  readonly mediaType: string;
  readonly schema: Readonly<Record<string, unknown>>;
  /** The answer to one request; null where this sender wants the receipts after all. */
  readonly bodyOf: (request: { headers: IncomingHttpHeaders; now: Date }) => string | object | null;
}
