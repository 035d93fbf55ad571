import { hkdfSync } from "node:crypto";
import type { Actor } from "../kit/actor.ts";
import { open, seal } from "../kit/seal.ts";

/** Leave to export one customer, which a link carries: a browser sends no key with a link. */
export interface ExportTicket {
  customerId: string;
  by: Actor;
  /** Milliseconds since 1970. */
  until: number;
}

const PURPOSE = "customer360 links of exports";

/** The key of tickets follows from the one of sealed bodies, and opens none of them. */
export function ticketKeyOf(rejectionKey: Uint8Array): Uint8Array {
  return new Uint8Array(hkdfSync("sha256", rejectionKey, "", PURPOSE, 32));
}

export function sealTicket(key: Uint8Array, ticket: ExportTicket): string {
  return Buffer.from(seal(key, ticket)).toString("base64url");
}

/** What a ticket says; null where it is none of ours, or its time is up. */
export function openTicket(key: Uint8Array, text: string, now: number): ExportTicket | null {
  try {
    const ticket = open(key, Buffer.from(text, "base64url")) as ExportTicket;
    return ticket.until > now ? ticket : null;
  } catch {
    return null;
  }
}
