import type { Server } from "node:http";
import type { Socket } from "node:net";
import { isInside } from "../keys/bounds.ts";
import type { Log } from "../kit/log.ts";

export interface ConnectionLimits {
  connectionsPerClient: number;
  /** Their connections are those of many clients, and not counted. */
  trustedProxies: readonly string[];
  log: Log;
}

/** Closes what one address opens beyond its limit, so that it leaves sockets to the others. */
export function limitConnections(
  server: Server,
  { connectionsPerClient, trustedProxies, log }: ConnectionLimits,
): void {
  const open = new Map<string, number>();
  server.on("connection", (socket: Socket) => {
    const address = socket.remoteAddress ?? "";
    if (trustedProxies.length > 0 && isInside(trustedProxies, address)) return;
    const count = (open.get(address) ?? 0) + 1;
    if (count > connectionsPerClient) {
      log.warn("http.crowded", { connectionsPerClient });
      socket.destroy();
      return;
    }
    open.set(address, count);
    socket.once("close", () => {
      const left = open.get(address)! - 1;
      if (left > 0) open.set(address, left);
      else open.delete(address);
    });
  });
}
