import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync } from "node:fs";
import { request } from "node:https";
import { join } from "node:path";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { WebSocket } from "ws";
import { type App, openApp } from "../../src/app.ts";
import { readConfig } from "../../src/config.ts";
import { openLog } from "../../src/kit/log.ts";
import { ADMIN_KEY, configFor } from "../app/use-app.ts";
import { cloneDatabase } from "../kit/clone.ts";

// The server with a certificate of its own, signed by itself for 127.0.0.1.

/** Named apart, since knip takes a name in a call for a package of ours. */
const OPENSSL = "openssl";
const files = { cert: "", key: "" };
let app: App;
let close: () => Promise<void>;

beforeAll(async () => {
  const folder = mkdtempSync(join(inject("directory"), "tls-"));
  Object.assign(files, { cert: join(folder, "cert.pem"), key: join(folder, "key.pem") });
  const made = `req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=c360 -addext subjectAltName=IP:127.0.0.1 -keyout ${files.key} -out ${files.cert}`;
  execFileSync(OPENSSL, made.split(" "), { stdio: "ignore" });
  const clone = await cloneDatabase(inject("template"));
  const settings = { C360_TLS_CERT: files.cert, C360_TLS_KEY: files.key };
  app = await openApp(configFor(clone.url, settings), openLog("silent"));
  close = async () => {
    await app.stop();
    await clone.drop();
  };
});
afterAll(() => close?.());

test("answers over TLS, and tells browsers to come no other way", async () => {
  const { status, strict } = await new Promise<{ status?: number; strict?: string }>((resolve, reject) => {
    const asked = request(`${app.url}/livez`, { ca: readFileSync(files.cert) }, (reply) => {
      reply.resume();
      resolve({ status: reply.statusCode, strict: reply.headers["strict-transport-security"] });
    });
    asked.on("error", reject).end();
  });

  expect(app.url).toMatch(/^https:/);
  expect({ status, strict }).toEqual({ status: 200, strict: "max-age=31536000" });
});

test("speaks to sockets over TLS", async () => {
  const socket = new WebSocket(`${app.url.replace("https", "wss")}/graphql`, "graphql-transport-ws", {
    ca: readFileSync(files.cert),
  });
  socket.on("open", () =>
    socket.send(JSON.stringify({ type: "connection_init", payload: { authorization: ADMIN_KEY } })),
  );

  const [data] = await new Promise<unknown[]>((resolve, reject) => {
    socket.once("message", (...message) => resolve(message)).once("error", reject);
  });
  socket.terminate();

  expect(JSON.parse(String(data))).toMatchObject({ type: "connection_ack" });
});

test("a certificate without its key, or a file that is not there, is named", () => {
  expect(() => readConfig({ C360_TLS_CERT: files.cert })).toThrow("set together");
  expect(() => readConfig({ C360_TLS_CERT: "/nowhere.pem", C360_TLS_KEY: files.key })).toThrow(
    "C360_TLS_CERT must name a file",
  );
});
