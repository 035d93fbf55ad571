import { afterAll, expect, test } from "vitest";
import { ADMIN_KEY, useApp } from "../app/use-app.ts";
import { ringing } from "./ringing.ts";
import { openScreen, pause, type Screen } from "./screen.ts";

// Many desks on one server: a pop is told to the sockets of its agent, and costs the others next to nothing.

const house = useApp({ settings: { C360_REQUESTS_PER_SECOND: "10000", C360_CONNECTIONS_PER_CLIENT: "1000" } });
const { announce } = ringing(house);
const DESKS = 200;
const POPS = 20;
const screens: Screen[] = [];
afterAll(() => Promise.all(screens.map((screen) => screen.close())));

const desk = (agentId: string): Screen => {
  const opened = openScreen({ url: house.url, key: ADMIN_KEY, agentId });
  screens.push(opened);
  return opened;
};

/** Milliseconds of CPU of a pop, from the call that is announced to the screen that has it, this test's own included. */
async function costOfPop(screen: Screen, agentId: string, name: string): Promise<number> {
  // Counted before the call is announced: the screen may have it before the announcement is answered.
  const told = screen.messages.length + 1;
  await announce(`${name} warm`, agentId);
  await screen.until(told);
  const before = process.cpuUsage();
  for (let i = 0; i < POPS; i += 1) {
    await announce(`${name} ${i}`, agentId);
    await screen.until(told + i + 1);
  }
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1_000 / POPS;
}

test("a pop is told to its agent's sockets only, and two hundred desks make it little dearer", {
  timeout: 60_000,
}, async () => {
  const ann = desk("ann");
  await pause(300);
  const alone = await costOfPop(ann, "ann", "alone");
  const others = Array.from({ length: DESKS }, (_, i) => desk(`agent ${i}`));
  // Each has the pop that rang before it opened once it listens.
  await Promise.all(
    others.map(async (screen, i) => {
      await announce(`hello ${i}`, `agent ${i}`);
      await screen.until(1);
    }),
  );

  const among = await costOfPop(ann, "ann", "among");

  console.info({ desks: DESKS, alone, among });
  expect(others.map(({ messages }) => messages.length)).toEqual(Array(DESKS).fill(1));
  expect(among).toBeLessThan(alone * 2 + 20);
});
