import type { IncomingMessage, Server, ServerResponse } from "node:http";
import type { Socket } from "node:net";
import { isInside } from "../keys/bounds.ts";
import type { Log } from "../kit/log.ts";

export interface ConnectionLimits {
  connectionsPerClient: number;
  /** Their connections are those of many clients, and not counted. */
  trustedProxies: readonly string[];
  log: Log;
}

/** One end of a connection. Of TLS, a request has another socket than the connection, with the same address and port. */
type End = Pick<Socket, "remoteAddress" | "remotePort">;

interface Connection {
  socket: Socket;
  of: Client;
  /** Whether it ever brought a valid key or signature. */
  isProven: boolean;
}

interface Client {
  open: number;
  /** Those without a request under way and unproven, the longest idle first. */
  idle: Set<Connection>;
}

/** The connections of each address. */
export interface Connections {
  /** The connection brought a valid key or signature: none is closed for others. */
  prove(end: End): void;
}

/**
 * Closes what one address opens beyond its limit: first what lies idle and unproven, the longest idle first. So a stranger
 * behind the address of good clients takes no connections from them.
 */
export function limitConnections(
  server: Server,
  { connectionsPerClient, trustedProxies, log }: ConnectionLimits,
): Connections {
  const connections = openConnections();
  server.on("connection", (socket: Socket) => {
    if (trustedProxies.length > 0 && isInside(trustedProxies, socket.remoteAddress ?? "")) return;
    const { open, idle } = connections.add(socket);
    if (open <= connectionsPerClient) return;
    log.warn("http.crowded", { connectionsPerClient });
    // The new one is idle, so there is one.
    const [longest] = idle;
    idle.delete(longest!);
    longest!.socket.destroy();
  });
  const begin = ({ socket }: IncomingMessage): Connection | undefined => {
    const connection = connections.at(socket);
    connection?.of.idle.delete(connection);
    return connection;
  };
  server.on("upgrade", begin);
  server.on("request", (request: IncomingMessage, reply: ServerResponse) => {
    const connection = begin(request);
    if (!connection) return;
    reply.once("close", () => {
      if (!connection.isProven && !connection.socket.destroyed) connection.of.idle.add(connection);
    });
  });
  return {
    prove(end) {
      const connection = connections.at(end);
      if (!connection) return;
      connection.isProven = true;
      connection.of.idle.delete(connection);
    },
  };
}

/** The connections of each address, until they close. */
function openConnections() {
  const clients = new Map<string, Client>();
  const connections = new Map<string, Connection>();
  const keyOf = ({ remoteAddress, remotePort }: End) => `${remoteAddress} ${remotePort}`;

  function add(socket: Socket): Client {
    const [address, key] = [socket.remoteAddress ?? "", keyOf(socket)];
    const client = clients.get(address) ?? { open: 0, idle: new Set() };
    const connection = { socket, of: client, isProven: false };
    clients.set(address, client);
    connections.set(key, connection);
    client.open += 1;
    client.idle.add(connection);
    socket.once("close", () => {
      connections.delete(key);
      client.idle.delete(connection);
      client.open -= 1;
      if (client.open === 0) clients.delete(address);
    });
    return client;
  }
  return { add, at: (end: End) => connections.get(keyOf(end)) };
}
