import type { Database } from "../db/client.ts";
import { isRowBound, type RowBounds } from "../facts/visible.sql.ts";
import { findSurvivor } from "../identity/verdicts.repository.ts";
import type { Actor } from "../kit/actor.ts";
import { AppError } from "../kit/errors.ts";
import { type ExportWriter, exportCustomer } from "./export.ts";
import { openTicket, sealTicket, ticketKeyOf } from "./export-ticket.ts";

/** Exports of customers for those who ask over the network. */
export interface Exporter {
  /** A ticket for a link to the export of whoever has or had the id, good for a minute. */
  ticketFor(customerId: string, by: Exporting): Promise<{ ticket: string; until: Date }>;
  /** Whom a ticket lets export, and who asked for it; refused where their key is usable no longer. */
  admit(ticket: string): Promise<{ customerId: string; by: Actor }>;
  /** Refuses whoever reads some teams' rows only: an export has everybody's. */
  check(by: Exporting): void;
  write(asked: { customerId: string; by: Actor }, writer: ExportWriter): Promise<void>;
}

type Exporting = Actor & Pick<RowBounds, "teams" | "callCentreIds">;

const GOOD_FOR_MS = 60_000;
/** Each reads as of one instant over a connection of its own: more would leave none to look-ups. */
const MOST_AT_ONCE = 2;

interface ExporterDeps {
  rejectionKey: Uint8Array;
  /** Whether the API key of this id opens still. */
  isUsableKey(id: string): Promise<boolean>;
  /** The clock, in milliseconds. */
  now?: () => number;
}

export function openExporter(database: Database, deps: ExporterDeps): Exporter {
  const { rejectionKey, isUsableKey, now = () => Date.now() } = deps;
  const key = ticketKeyOf(rejectionKey);
  let running = 0;
  const check = (by: Exporting) => {
    if (isRowBound(by)) throw BOUND;
  };
  return {
    check,
    async ticketFor(customerId, by) {
      check(by);
      if (!(await findSurvivor(database, customerId))) throw NOBODY;
      const until = now() + GOOD_FOR_MS;
      return {
        ticket: sealTicket(key, { customerId, by: { id: by.id, name: by.name }, until }),
        until: new Date(until),
      };
    },
    async admit(ticket) {
      const found = openTicket(key, ticket, now());
      if (!found) throw OVER;
      const [, keyId] = /^key:(.*)$/.exec(found.by.id) ?? [];
      if (keyId && !(await isUsableKey(keyId))) throw REVOKED;
      return found;
    },
    async write(asked, writer) {
      if (running >= MOST_AT_ONCE) throw BUSY;
      running += 1;
      try {
        await exportCustomer(database, { ...asked, rejectionKey }, writer);
      } finally {
        running -= 1;
      }
    },
  };
}

const NOBODY = new AppError("NOT_FOUND", "No customer has or had this id.", ["customerId"]);
const BOUND = new AppError(
  "FORBIDDEN",
  "An export has what all teams and call centres did, and this key reads those of its own: ask with a key that is bound to none.",
);
const OVER = new AppError(
  "FORBIDDEN",
  "The link is good for a minute, and that is over: ask exportCustomer for another.",
);
const REVOKED = new AppError(
  "FORBIDDEN",
  "The key that asked for the link is revoked or expired: ask exportCustomer for another with one that is not.",
);
const BUSY = new AppError("UNAVAILABLE", "Others are being exported at the moment: try again in a minute.");
