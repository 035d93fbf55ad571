import { mkdtempSync, readdirSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { type Browser, type BrowserContext, chromium } from "playwright-core";
import { CHROMIUM_FLAGS, findChromium } from "../test/console/chromium.ts";
import { percentile } from "./kit.ts";
import { BENCH_KEY, programOf, serve } from "./serve.ts";

// How fast each page of the console is complete, on the demo data of `npm start`: from the request until its numbers,
// and its chart where it has one, are on the screen. Cold: a browser without the files; warm: one that has them.

const { values } = parseArgs({ options: { rounds: { type: "string", default: "5" } } });
const ROUNDS = Number(values.rounds);

/** Each page, and an element that shows that it is complete. */
const PAGES: [path: string, sign: string][] = [
  ["/desk", ".idle"],
  ["/desk?find=%2B442079460012", ".entry"],
  ["/customers", "tbody tr"],
  ["CUSTOMER", ".entry"],
  ["/reports/attribution", "canvas"],
  ["/reports/propensity", "canvas"],
  ["/reports/overlap", ".venn"],
  ["/reports/flow", "canvas"],
  ["/reports/fallout", "canvas"],
  ["/reports/histogram", "canvas"],
  ["/reports/channels", "canvas"],
  ["/reports/matches", "canvas"],
  ["/wallboard", "canvas, .state"],
  ["/operations", "canvas"],
  ["/simulator", ".simulator"],
];

const folder = mkdtempSync(join(tmpdir(), "c360-console-"));
const settings = {
  NODE_ENV: "production",
  DATA_DIR: folder,
  PORT: "0",
  LOG_LEVEL: "silent",
  C360_ADMIN_KEY: BENCH_KEY,
};
const demo = await serve(programOf("main"), settings);
const browser = await chromium.launch({ executablePath: findChromium() ?? undefined, args: CHROMIUM_FLAGS });
try {
  const customer = `/customers/${await findCustomer()}`;
  console.log("| page | cold, ms | warm, ms |\n| --- | ---: | ---: |");
  for (const [path, sign] of PAGES) {
    const times = await measure(browser, path === "CUSTOMER" ? customer : path, sign);
    console.log(`| ${path === "CUSTOMER" ? "/customers/<id>" : path} | ${times.cold} | ${times.warm} |`);
  }
  console.log(`\n${sizes()}`);
} finally {
  await browser.close();
  await demo.stop();
  rmSync(folder, { recursive: true, force: true });
}

/** The medians of several cold and as many warm visits. */
async function measure(from: Browser, path: string, sign: string): Promise<{ cold: number; warm: number }> {
  const [cold, warm]: [number[], number[]] = [[], []];
  for (let round = 0; round < ROUNDS; round += 1) {
    const context = await from.newContext({ viewport: { width: 1280, height: 800 } });
    cold.push(await firstView(context, path, sign));
    warm.push(await firstView(context, path, sign));
    await context.close();
  }
  return { cold: Math.round(percentile(cold, 0.5)), warm: Math.round(percentile(warm, 0.5)) };
}

/** Milliseconds until the element is on the page and nothing else is loading. */
async function firstView(context: BrowserContext, path: string, sign: string): Promise<number> {
  const page = await context.newPage();
  await page.goto(`${demo.url}${path}#key=${BENCH_KEY}`, { waitUntil: "commit" });
  const ms = await page.evaluate<number>(`new Promise((done) => {
    const isThere = () => document.querySelector(${JSON.stringify(sign)}) && !document.querySelector(".skeleton");
    const look = () => isThere() ? done(performance.now()) : requestAnimationFrame(look);
    look();
  })`);
  await page.close();
  return ms;
}

async function findCustomer(): Promise<string> {
  const query = '{ customers(filter: { search: "Amara Okafor" }) { nodes { id } } }';
  const answer = await fetch(`${demo.url}/graphql`, {
    method: "POST",
    headers: demo.headers,
    body: JSON.stringify({ query }),
  });
  const { data } = (await answer.json()) as { data: { customers: { nodes: { id: string }[] } } };
  return data.customers.nodes[0]!.id;
}

/** The compressed size of what a browser fetches, by the page that needs it first. */
function sizes(): string {
  const assets = join(import.meta.dirname, "../src/console/dist/assets");
  const kilobytes = (pattern: RegExp) =>
    readdirSync(assets)
      .filter((name) => name.endsWith(".br") && pattern.test(name))
      .reduce((sum, name) => sum + statSync(join(assets, name)).size / 1_024, 0)
      .toFixed(0);
  const [all, charts] = [kilobytes(/./), kilobytes(/^echarts/)];
  const shell = kilobytes(/^(index|panel|rolldown)/);
  return `Compressed with Brotli: the desk ${shell} kB, the charts ${charts} kB when the first one is drawn, all there is ${all} kB.`;
}
