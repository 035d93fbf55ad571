import type { IncomingMessage } from "node:http";
import { isInside } from "../keys/bounds.ts";

/** A request as it was sent. */
export type Sender = Pick<IncomingMessage, "headers" | "socket">;

/** Where requests come from: the address of the socket; of a proxy that is trusted, whom it says that it forwards, and so on to the left. */
export function addresses(trustedProxies: readonly string[]): (request: Sender) => string {
  const isTrusted = (address: string) => trustedProxies.length > 0 && isInside(trustedProxies, address);
  return ({ headers, socket }) => {
    const forwarded = [headers["x-forwarded-for"] ?? []].flat().join(",").split(",");
    const hops = forwarded.map((hop) => hop.trim()).filter(Boolean);
    let address = socket.remoteAddress ?? "";
    while (hops.length > 0 && isTrusted(address)) address = hops.pop()!;
    return address;
  };
}
