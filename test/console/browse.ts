import { createRequire } from "node:module";
import { join } from "node:path";
import { type Browser, type BrowserContext, chromium, type Page } from "playwright-core";
import { afterAll, beforeAll, inject } from "vitest";
import { type App, openApp } from "../../src/app.ts";
import type { Database } from "../../src/db/client.ts";
import { sql } from "../../src/db/sql.ts";
import { createKey, type KeyWish } from "../../src/keys/keys.ts";
import { openLog } from "../../src/kit/log.ts";
import { ADMIN_KEY, configFor } from "../app/use-app.ts";
import { copyDemo } from "../kit/demo.ts";
import { buildConsole } from "../kit/programs.ts";
import { CHROMIUM_FLAGS } from "./chromium.ts";

export interface Console {
  readonly url: string;
  readonly db: Database;
  /** What pages complained about: broken policies, uncaught errors. */
  readonly complaints: string[];
  /** A page of its own session, signed in with the key; null signs nobody in. The test closes it. */
  open(path: string, options?: OpenOptions): Promise<Page>;
  /** The one page that tests share which leave nothing behind: it goes there within the console. */
  look(path: string): Promise<Page>;
  /** Works while the server reads anew what reports are about, and has all but the last of it. */
  whileReading<Seen>(work: () => Promise<Seen>): Promise<Seen>;
  /** Asks the API what the shared page or another asked last under the name. */
  askAgain(page: Page, operation: string): Promise<Answer>;
  ask(query: string, variables?: object, key?: string): Promise<Answer>;
  keyOf(wish: Omit<KeyWish, "name">): Promise<string>;
}

// biome-ignore lint/suspicious/noExplicitAny: tests look into answers of any shape
export type Answer = Record<string, any>;

interface OpenOptions {
  key?: string | null;
  viewport?: { width: number; height: number };
}

interface House {
  app: App;
  browser: Browser;
  /** Where pages are opened that ask for nothing special: what one has loaded, the next has at hand. */
  context: BrowserContext;
  shared?: Page;
}

/** The built console with demo data, and a browser. */
export function useConsole(): Console {
  const house = {} as House;
  const complaints: string[] = [];
  const asked = new WeakMap<Page, Map<string, string>>();
  beforeAll(() => openHouse(house), 120_000);
  afterAll(async () => {
    await house.browser?.close();
    await house.app?.stop();
  });

  async function open(path: string, { key = ADMIN_KEY, viewport }: OpenOptions = {}): Promise<Page> {
    const page = await house.context.newPage();
    if (viewport) await page.setViewportSize(viewport);
    await page.addInitScript(forgetOthers);
    page.setDefaultTimeout(10_000);
    page.on("pageerror", ({ message }) => complaints.push(message));
    page.on("console", (said) => said.type() === "error" && complaints.push(said.text()));
    const bodies = new Map<string, string>();
    asked.set(page, bodies);
    page.on("request", (request) => {
      const body = request.postData();
      const name = body && /"operationName":"(\w+)"/.exec(body)?.[1];
      if (name) bodies.set(name, body);
    });
    await page.goto(`${house.app.url}${path}${key ? `#key=${key}` : ""}`);
    return page;
  }

  async function send(body: string, key = ADMIN_KEY): Promise<Answer> {
    const headers = { "content-type": "application/json", authorization: `Bearer ${key}` };
    const answer = await fetch(`${house.app.url}/graphql`, { method: "POST", headers, body });
    return ((await answer.json()) as { data: Answer }).data;
  }

  return {
    get url() {
      return house.app.url;
    },
    get db() {
      return house.app.core.database;
    },
    complaints,
    open,
    async look(path) {
      if (house.shared && (await draws(house.shared))) await move(house.shared, path);
      else house.shared = await open(path);
      return house.shared;
    },
    async whileReading(work) {
      const { database } = house.app.core;
      return database.transaction(async (tx) => {
        await tx.run(sql`lock table customer_records in access exclusive mode`);
        // Everybody may have changed.
        await database.run(sql`insert into customer_changes (customers) values (null)`);
        return work();
      });
    },
    askAgain: (page, operation) => send(asked.get(page)!.get(operation)!),
    ask: (query, variables = {}, key) => send(JSON.stringify({ query, variables }), key),
    keyOf: (wish) => createKey(house.app.core.database, { name: wish.role, ...wish }),
  };
}

async function openHouse(house: House): Promise<void> {
  if (!inject("chromium")) return;
  await buildConsole();
  const browser = chromium.launch({ executablePath: inject("chromium")!, args: CHROMIUM_FLAGS });
  const dataDir = join(inject("directory"), "console");
  await copyDemo(dataDir);
  const settings = { DATABASE_URL: "", DATA_DIR: dataDir, C360_DEFAULT_REGION: "GB" };
  house.app = await openApp(configFor("", settings), openLog("silent"));
  house.browser = await browser;
  // Without a graphics card each frame of a chart that grows is painted by the processor.
  const reducedMotion = "reduce";
  house.context = await house.browser.newContext({ viewport: { width: 1280, height: 860 }, reducedMotion });
}

/** Text, as it runs in the page: a new tab finds nothing that others chose, and keeps what is chosen in it. */
const forgetOthers = `if (!sessionStorage.begun) {
  localStorage.clear();
  sessionStorage.begun = "yes";
}`;

/** Whether the page still gets frames, which headless Chromium has been seen to stop for good: nothing can be pressed there then. */
function draws(page: Page): Promise<boolean> {
  return page.evaluate(`Promise.race([
    new Promise((resolve) => requestAnimationFrame(() => resolve(true))),
    new Promise((resolve) => setTimeout(() => resolve(false), 2_000)),
  ])`);
}

/** Goes to an address as a link of the console does: without loading everything anew. */
async function move(page: Page, path: string): Promise<void> {
  await page.evaluate(
    `history.pushState(null, "", ${JSON.stringify(path)}); dispatchEvent(new PopStateEvent("popstate"))`,
  );
}

const require = createRequire(import.meta.url);
const AXE = require.resolve("axe-core/axe.min.js");

/** What axe finds wrong that keeps somebody out, a line each; in the dark only colours can differ. */
export async function barriersOn(page: Page, colorScheme: "light" | "dark"): Promise<string[]> {
  await page.emulateMedia({ colorScheme });
  // The page's own policy forbids scripts from elsewhere; evaluating one is not bound by it.
  if (!(await page.evaluate("'axe' in globalThis"))) {
    await page.evaluate(await import("node:fs").then(({ readFileSync }) => readFileSync(AXE, "utf8")));
  }
  return page.evaluate(async (isDark) => {
    const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];
    const runOnly = isDark ? ["color-contrast"] : tags;
    // biome-ignore lint/suspicious/noExplicitAny: axe puts itself on the page's window
    const { violations } = await (globalThis as any).axe.run(
      // The rows that follow are made as the first ones are.
      { exclude: ["tbody tr:nth-child(n + 7)"] },
      { runOnly, resultTypes: ["violations"], preload: false },
    );
    return (violations as { id: string; impact: string; nodes: { html: string }[] }[])
      .filter(({ impact }) => impact === "serious" || impact === "critical")
      .map(({ id, nodes }) => `${id}: ${nodes[0]?.html.slice(0, 160)}`);
  }, colorScheme === "dark");
}
