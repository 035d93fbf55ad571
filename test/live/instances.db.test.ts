import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { afterAll, afterEach, beforeAll, expect, inject, test } from "vitest";
import { type App, openApp } from "../../src/app.ts";
import { type Embedded, startEmbedded } from "../../src/db/embedded.ts";
import { openLog } from "../../src/kit/log.ts";
import { ADMIN_KEY, configFor } from "../app/use-app.ts";
import { copyCluster } from "../kit/server.ts";
import { openScreen, type Screen } from "./screen.ts";

const log = openLog("silent");
const house = {} as { postgres: Embedded; a: App; b: App };

beforeAll(async () => {
  const dataDir = join(inject("directory"), "two-instances");
  copyCluster(inject("cluster"), dataDir);
  house.postgres = await startEmbedded({ dataDir, log });
  house.a = await openApp(configFor(house.postgres.url), log);
  house.b = await openApp(configFor(house.postgres.url), log);
});

const screens: Screen[] = [];

function screenOf(agentId: string): Screen {
  const screen = openScreen({ url: house.b.url, key: ADMIN_KEY, agentId });
  screens.push(screen);
  return screen;
}

afterEach(async () => {
  await Promise.all(screens.splice(0).map((screen) => screen.close()));
});

afterAll(async () => {
  await house.a?.stop();
  await house.b?.stop();
  await house.postgres?.stop();
});

/** Announces until it is acknowledged, as a telephone system would: announcing again is safe. */
async function announce(app: App, sourceId: string, agentId: string): Promise<string> {
  const input = { source: "cti", sourceId, agentId, ringingAt: new Date().toISOString() };
  const query =
    "mutation ($input: AnnounceCallInput!) { announceCall(input: $input) { callId pop { id } userErrors { message } } }";
  for (;;) {
    const reply = await fetch(`${app.url}/graphql`, {
      method: "POST",
      headers: { "content-type": "application/json", authorization: `Bearer ${ADMIN_KEY}` },
      body: JSON.stringify({ query, variables: { input } }),
    }).catch(() => null);
    const answer = (await reply?.json().catch(() => null)) as {
      data?: { announceCall?: { pop?: { id: string } } };
    } | null;
    const popId = answer?.data?.announceCall?.pop?.id;
    if (popId) return popId;
    await pause(100);
  }
}

test("what one instance announces another shows, each once and in order, over a restart of PostgreSQL and of the instance", async () => {
  const screen = screenOf("ann");
  const rung: string[] = [];
  const ring = async (from: number, to: number) => {
    for (let i = from; i < to; i += 1) rung.push(await announce(i % 2 ? house.a : house.b, String(i), "ann"));
  };

  await ring(0, 20);
  await screen.until(20);
  process.kill(house.postgres.pid, "SIGKILL");
  await ring(20, 40);
  await screen.until(40);
  const { port } = new URL(house.b.url);
  await house.b.stop();
  rung.push(await announce(house.a, "40", "ann"));
  house.b = await openApp(configFor(house.postgres.url, { PORT: port }), log);
  await ring(41, 50);
  const messages = await screen.until(50);
  await pause(300);

  expect(messages.map(({ id }) => id)).toEqual(rung);
  expect(screen.messages).toHaveLength(50);
  expect(new Set(messages.map(({ cursor }) => cursor)).size).toBe(50);
});

test("a pop is there well within 300 ms", async () => {
  const screen = screenOf("bob");
  await pause(500);

  for (let i = 0; i < 20; i += 1) await announce(house.a, `quick-${i}`, "bob");
  const messages = await screen.until(20);

  const delays = messages.map(({ announcedAt, sentAt }) => Date.parse(sentAt) - Date.parse(announcedAt));
  expect(delays.toSorted((x, y) => x - y)[18]).toBeLessThan(300);
});
