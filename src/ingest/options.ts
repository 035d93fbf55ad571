import type { Db } from "../db/client.ts";
import type { Receipt } from "./receipt.ts";

/** How a batch of records is taken in. */
export interface AcceptOptions {
  /** The entry point: "graphql", "rest", "import", "webhook:twilio", "seed", "replay". */
  entryPoint: string;
  batchId?: string;
  importId?: string;
  /** What must be stored before: until then the batch is only read and checked. */
  after?: Promise<unknown>;
  /** False for a replay: what is refused again is already kept. */
  keepsRejections?: boolean;
  /** What a newer connector reads out of the same message replaces what an older one did: it is no CONFLICT. */
  renews?: boolean;
  /** More work for the same transaction, such as an import's progress. */
  alongside?: (tx: Db, receipts: Receipt[]) => Promise<void>;
}
