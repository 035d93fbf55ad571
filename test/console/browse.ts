import { execFileSync } from "node:child_process";
import { createRequire } from "node:module";
import { type Browser, type BrowserContextOptions, chromium, type Page } from "playwright-core";
import { afterAll, beforeAll, inject } from "vitest";
import { loadTown, saveTownSources } from "../../seed/load.ts";
import { type App, openApp } from "../../src/app.ts";
import { createKey } from "../../src/keys/keys.ts";
import { openLog } from "../../src/kit/log.ts";
import type { Role } from "../../src/request.ts";
import { ADMIN_KEY, configFor } from "../app/use-app.ts";
import { type Clone, cloneDatabase } from "../kit/clone.ts";

/** Nothing that calls home, and no sandbox of its own inside ours. */
const FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

export interface Console {
  readonly url: string;
  /** What pages complained about: broken policies, uncaught errors. */
  readonly complaints: string[];
  /** A page of its own session, signed in with the key; null signs nobody in. */
  open(path: string, options?: OpenOptions): Promise<Page>;
  /** Asks the API what the page asked last for a report. */
  askAgain(page: Page): Promise<Record<string, unknown>>;
  keyOf(role: Role): Promise<string>;
}

interface OpenOptions extends BrowserContextOptions {
  key?: string | null;
}

/** The built console before the demo town, and a browser to look at it. The town is let in once for the file. */
export function useConsole(): Console {
  const house = {} as { app: App; clone: Clone; browser: Browser };
  const complaints: string[] = [];
  const asked = new WeakMap<Page, string>();
  beforeAll(async () => {
    if (!inject("chromium")) return;
    execFileSync(process.execPath, ["--import", "tsx", "src/console/build.ts", "--if-stale"]);
    house.clone = await cloneDatabase(inject("template"));
    house.app = await openApp(configFor(house.clone.url, { C360_DEFAULT_REGION: "GB" }), openLog("silent"));
    const { database, ingest, refreshRules } = house.app.core;
    await saveTownSources(database);
    await refreshRules();
    await loadTown(ingest, openLog("silent"), Date.now());
    house.browser = await chromium.launch({ executablePath: inject("chromium")!, args: FLAGS });
  }, 120_000);
  afterAll(async () => {
    await house.browser?.close();
    await house.app?.stop();
    await house.clone?.drop();
  });
  return {
    get url() {
      return house.app.url;
    },
    complaints,
    async open(path, { key = ADMIN_KEY, ...options } = {}) {
      const context = await house.browser.newContext({ viewport: { width: 1280, height: 860 }, ...options });
      const page = await context.newPage();
      page.setDefaultTimeout(10_000);
      page.on("pageerror", ({ message }) => complaints.push(message));
      page.on("console", (said) => said.type() === "error" && complaints.push(said.text()));
      page.on("request", (request) => {
        const body = request.postData();
        if (body?.includes('"input"')) asked.set(page, body);
      });
      await page.goto(`${house.app.url}${path}${key ? `#key=${key}` : ""}`);
      return page;
    },
    async askAgain(page) {
      const body = asked.get(page)!;
      const headers = { "content-type": "application/json", authorization: `Bearer ${ADMIN_KEY}` };
      const answer = await fetch(`${house.app.url}/graphql`, { method: "POST", headers, body });
      return ((await answer.json()) as { data: Record<string, unknown> }).data;
    },
    keyOf: (role) => createKey(house.app.core.database, { name: role, role }),
  };
}

const AXE = createRequire(import.meta.url).resolve("axe-core/axe.min.js");

/** What axe finds wrong that keeps somebody out, a line each. */
export async function barriersOn(page: Page): Promise<string[]> {
  // The page's own policy forbids scripts from elsewhere; evaluating one is not bound by it.
  await page.evaluate(await import("node:fs").then(({ readFileSync }) => readFileSync(AXE, "utf8")));
  const found = await page.evaluate(async () => {
    const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];
    // biome-ignore lint/suspicious/noExplicitAny: axe puts itself on the page's window
    const { violations } = await (globalThis as any).axe.run({ runOnly: tags });
    return (violations as { id: string; impact: string; nodes: { html: string }[] }[])
      .filter(({ impact }) => impact === "serious" || impact === "critical")
      .map(({ id, nodes }) => `${id}: ${nodes[0]?.html.slice(0, 160)}`);
  });
  return found;
}
