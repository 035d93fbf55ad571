import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Client, openClient } from "../../src/client/client.ts";
import { graphql } from "../../src/client/graphql.ts";
import { useDatabase } from "../kit/database.ts";
import { openScreen, type Screen } from "../live/screen.ts";
import { type Instance, KEY, openInstance } from "./house.ts";

// Longer: CHAOS_KILLS=40 npx vitest run test/chaos/pops
const KILLS = Number(process.env.CHAOS_KILLS ?? 2);
const timeout = 60_000 + KILLS * 15_000;
/** Between two calls of one agent: a busy one. */
const PAUSE_MS = 15;

const ANNOUNCE = graphql(`
  mutation Announce($input: AnnounceCallInput!) { announceCall(input: $input) { callId pop { id } } }
`);
const END = graphql("mutation End($callId: ID!) { endCall(callId: $callId) { userErrors { code } } }");
const SCREEN = graphql(`
  subscription Screen($agentId: String!, $after: String) {
    screenPop(agentId: $agentId, after: $after) { id cursor state }
  }
`);

const house = useDatabase();
let instances: Instance[];
const leaving = new AbortController();
let bobs: Screen;

beforeAll(async () => {
  instances = await Promise.all([openInstance(house.url), openInstance(house.url)]);
}, timeout);
afterAll(async () => {
  leaving.abort();
  await bobs?.close();
  await Promise.all(instances?.map((instance) => instance.stop()) ?? []);
});

interface Told {
  id: string;
  cursor: string;
  state: string;
}

test(`loses no pop and tells none twice, while instances are killed ${KILLS} times`, { timeout }, async () => {
  const [a, b] = instances as [Instance, Instance];
  const clients = [a, b].map(({ url }) => openClient({ url, key: KEY }));
  // Ann listens to one instance by server-sent events, Bob to the other by WebSocket; both come back with their cursors.
  const anns = hear(clients[0]!, "ann");
  bobs = openScreen({ url: b.url, key: KEY, agentId: "bob" });
  const isOver = { value: false };

  const ringing = ["ann", "bob"].map((agentId) => ring(clients, agentId, isOver));
  await Promise.all([until(() => anns.length > 0), bobs.until(1)]);
  await Promise.all(instances.map((instance, at) => killAgainAndAgain(instance, Math.ceil((KILLS - at) / 2))));
  isOver.value = true;
  const [told, toldBob] = await Promise.all(ringing);

  await Promise.all([until(() => anns.length >= told!.length), bobs.until(toldBob!.length)]);
  await sleep(300);
  for (const [heard, said] of [[anns, told!] as const, [bobs.messages, toldBob!] as const]) {
    expect(heard.map(({ id, state }) => `${id} ${state}`)).toEqual(said);
    expect(new Set(heard.map(({ cursor }) => cursor)).size).toBe(heard.length);
  }
  expect(told!.length).toBeGreaterThan(KILLS);
});

function hear(client: Client, agentId: string): Told[] {
  const heard: Told[] = [];
  void (async () => {
    for await (const { screenPop } of client.listen(SCREEN, { agentId }, leaving.signal)) heard.push(screenPop);
  })();
  return heard;
}

/** At moments of its own: now one instance is away, now the other, now both. */
async function killAgainAndAgain(instance: Instance, times: number): Promise<void> {
  for (let kill = 0; kill < times; kill += 1) {
    await sleep(Math.random() * 1_000);
    await instance.kill();
  }
}

/** Rings an agent again and again, and ends every third call; answers what her screen is to be told, in order. */
async function ring(clients: readonly Client[], agentId: string, isOver: { value: boolean }): Promise<string[]> {
  const said: string[] = [];
  for (let n = 0; !isOver.value; n += 1) {
    const input = { source: "cti", sourceId: `${agentId}-${n}`, agentId, ringingAt: new Date().toISOString() };
    const { callId, pop } = (await surely(clients, n, (client) => client.ask(ANNOUNCE, { input }))).announceCall;
    said.push(`${pop!.id} RINGING`);
    if (n % 3 === 0) {
      await surely(clients, n, (client) => client.ask(END, { callId: callId! }));
      said.push(`${pop!.id} ENDED`);
    }
    await sleep(PAUSE_MS);
  }
  return said;
}

/** Asks one instance after the other until somebody answers, as a telephone system does: asking again is safe. */
async function surely<Answer>(
  clients: readonly Client[],
  first: number,
  ask: (client: Client) => Promise<Answer>,
): Promise<Answer> {
  for (let attempt = first; ; attempt += 1) {
    try {
      return await ask(clients[attempt % clients.length]!);
    } catch {
      await sleep(PAUSE_MS);
    }
  }
}

async function until(isSo: () => boolean): Promise<void> {
  for (const patience = Date.now() + 15_000; !isSo(); await sleep(20)) {
    if (Date.now() > patience) throw new Error("It was not so in 15 s.");
  }
}
