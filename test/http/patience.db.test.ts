import { once } from "node:events";
import { type AddressInfo, connect, type Socket } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import type { FastifyInstance } from "fastify";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openGate } from "../../src/http/gate.ts";
import { openMetrics } from "../../src/http/metrics.ts";
import { openServer } from "../../src/http/server.ts";
import { openLog } from "../../src/kit/log.ts";
import { ADMIN_KEY } from "../app/use-app.ts";
import { useDatabase } from "../kit/database.ts";

// Clients that are silent or slow, waited for in earnest, with a fiftieth of the server's patience.

const house = useDatabase();
const patience = { headersMs: 400, requestMs: 2_500, partMs: 500, idleMs: 300, checkMs: 50 };
/** What a busy machine adds; less than what lies between two limits. */
const LATE_MS = 1_500;
let server: FastifyInstance;

beforeAll(async () => {
  const limits = { connectionsPerClient: 100, trustedProxies: [], strangersPerSecond: 100, requestsPerSecond: 100 };
  const gate = openGate({ db: house.db, adminKey: ADMIN_KEY, tokens: null, ...limits });
  const bodies = { bodyBytes: 1_000_000, unpackedBytes: 1_000_000, corsOrigins: [], tls: null, publicUrl: null };
  server = await openServer({ ...limits, ...bodies, gate, metrics: openMetrics(), log: openLog("silent"), patience });
  server.post("/v1/echo", { config: { access: "key" } }, ({ body }) => body as object);
  await server.listen({ port: 0, host: "127.0.0.1" });
});
afterAll(() => server.close());

const HEAD = `POST /v1/echo HTTP/1.1\r\nhost: x\r\nx-api-key: ${ADMIN_KEY}\r\ncontent-type: application/json\r\n`;

/** Sends the texts so far apart, again and again from the last, and answers after how long the server hung up, and what it said. */
async function hungUpOn(texts: readonly string[], everyMs: number): Promise<{ ms: number; said: string }> {
  const socket: Socket = connect((server.server.address() as AddressInfo).port, "127.0.0.1");
  const began = performance.now();
  let said = "";
  let isOpen = true;
  socket.on("data", (data) => (said += data)).on("error", () => {});
  const closed = once(socket, "close").then(() => (isOpen = false));
  const sending = async () => {
    for (let i = 0; isOpen && performance.now() - began < 5_000; i += 1) {
      const text = texts[Math.min(i, texts.length - 1)];
      if (text) socket.write(text);
      await sleep(everyMs);
    }
  };
  await Promise.race([closed, sending()]);
  socket.destroy();
  return { ms: performance.now() - began, said: said.split("\r\n")[0]! };
}

test.each([
  ["a socket that says nothing", [""], 100, patience.headersMs],
  ["headers that never end", [HEAD, "x: y\r\n"], 50, patience.headersMs],
  ["a body that does not come", [`${HEAD}content-length: 10\r\n\r\n`, ""], 100, patience.partMs],
  ["a body that stops half-way", [`${HEAD}content-length: 10\r\n\r\n{"a"`, ""], 100, patience.partMs],
  ["a body that comes byte by byte", [`${HEAD}content-length: 1000\r\n\r\n`, " "], 50, patience.requestMs],
])("%s is hung up on", async (_, texts, everyMs, afterMs) => {
  const { ms } = await hungUpOn(texts, everyMs);

  expect(ms).toBeGreaterThan(afterMs * 0.9);
  expect(ms).toBeLessThan(afterMs + LATE_MS);
});

test("a connection that has been answered is kept for its next request, and not for ever", async () => {
  const { ms, said } = await hungUpOn([`${HEAD}content-length: 2\r\n\r\n{}`, ""], 100);

  expect(said).toBe("HTTP/1.1 200 OK");
  expect(ms).toBeGreaterThan(patience.idleMs * 0.9);
  expect(ms).toBeLessThan(patience.idleMs + LATE_MS);
});
