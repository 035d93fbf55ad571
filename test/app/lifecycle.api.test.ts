import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";
import { expect, inject, test, vi } from "vitest";
import { openApp } from "../../src/app.ts";
import { sql } from "../../src/db/sql.ts";
import { openLog } from "../../src/kit/log.ts";
import { cloneDatabase } from "../kit/clone.ts";
import { versionOf } from "../reports/kit/journeys.ts";
import { ADMIN_KEY, configFor } from "./use-app.ts";

const HEADERS = { "content-type": "application/json", authorization: `Bearer ${ADMIN_KEY}` };
const call = (sourceId: string) => ({ source: "cti", sourceId, startedAt: "2026-11-20T09:00:00Z" });

async function open(through: (url: string) => string = (url) => url, log = openLog("silent")) {
  const clone = await cloneDatabase(inject("template"));
  const app = await openApp(configFor(through(clone.url)), log);
  return { app, clone };
}

test("finishes what it took on before it stops, and takes on no more", async () => {
  const { app, clone } = await open();
  const posts = Array.from({ length: 40 }, (_, i) =>
    fetch(`${app.url}/v1/calls`, { method: "POST", headers: HEADERS, body: JSON.stringify(call(String(i))) }).then(
      (reply) => reply.status,
      () => "refused",
    ),
  );
  await posts[0];

  await app.stop();
  const answers = await Promise.all(posts);
  const stored = await clone.db.orm.interaction.count();

  expect(answers.filter((status) => status === 200)).toHaveLength(stored);
  expect(stored).toBeGreaterThan(0);
  await expect(fetch(`${app.url}/livez`)).rejects.toThrow();
  await clone.drop();
});

test("says that it is not ready while the database is away, and is again when it is back", async () => {
  const wire = await openWire(inject("template").adminUrl);
  const { app, clone } = await open(wire.through);
  const ready = async () => (await fetch(`${app.url}/readyz`)).status;
  const ask = async () => {
    const body = JSON.stringify(call("1"));
    const reply = await fetch(`${app.url}/v1/calls`, { method: "POST", headers: HEADERS, body });
    return { status: reply.status, body: await reply.json() };
  };

  await wire.cut();
  const away = { ready: await ready(), live: (await fetch(`${app.url}/livez`)).status, ask: await ask() };
  await wire.mend();
  const back = { ready: await ready(), ask: await ask() };

  expect(away).toMatchObject({ ready: 503, live: 200, ask: { status: 503, body: { error: { code: "UNAVAILABLE" } } } });
  expect(back).toMatchObject({ ready: 200, ask: { status: 200 } });
  await app.stop();
  await wire.cut();
  await clone.drop();
});

test("says why reports cannot be kept up to date", async () => {
  const warn = vi.fn();
  const { app, clone } = await open(undefined, { ...openLog("silent"), warn });
  await versionOf(app.core.journeys);

  await clone.db.run(sql`drop table change_snapshots`);

  await expect.poll(() => warn.mock.calls, { timeout: 8_000 }).toContainEqual(["journeys.behind", { code: "42P01" }]);
  await app.stop();
  await clone.drop();
});

/** A way to the database that can be cut: what a network or a failing server does. */
async function openWire(adminUrl: string) {
  const { hostname, port } = new URL(adminUrl);
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    // The tests' own server is named by its socket; it listens to TCP too.
    const onward = connect(Number(port), hostname.startsWith("%2F") ? "127.0.0.1" : hostname);
    for (const end of [socket, onward]) {
      sockets.add(end);
      end.on("error", () => {}).on("close", () => sockets.delete(end));
    }
    socket.pipe(onward).pipe(socket);
  });
  const listen = (at: number) => new Promise<void>((done) => server.listen(at, "127.0.0.1", done));
  await listen(0);
  const own = (server.address() as AddressInfo).port;
  return {
    through: (url: string) => Object.assign(new URL(url), { host: `127.0.0.1:${own}` }).href,
    mend: () => listen(own),
    async cut() {
      const closed = once(server, "close");
      server.close();
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}
