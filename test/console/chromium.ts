import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import type { TestProject } from "vitest/node";

declare module "vitest" {
  export interface ProvidedContext {
    /** Where Chromium is; null where there is none, and browser tests are skipped. */
    chromium: string | null;
  }
}

/** Nothing that calls home, and no sandbox of its own inside ours. */
export const CHROMIUM_FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** The one without windows first: a page costs it half the time. */
const PLACES = [
  "/usr/bin/chromium-headless-shell",
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
];
/** Debian's names for it; older releases know only the second. */
const PACKAGES = ["chromium-headless-shell", "chromium"];

/** Finds Chromium for the browser tests, or has Debian install it where we may; says so where neither works. */
export default function setup(project: TestProject): void {
  const found = findChromium() ?? install();
  if (!found) {
    process.stderr.write(
      "No Chromium: the browser tests are skipped. `apt-get install chromium` as root brings it on Debian.\n",
    );
  }
  project.provide("chromium", found);
}

/** Where Debian and others put it; null where it is missing. */
export function findChromium(): string | null {
  return PLACES.find((place) => existsSync(place)) ?? null;
}

function install(): string | null {
  if (process.getuid?.() !== 0 || !existsSync("/usr/bin/apt-get")) return null;
  process.stderr.write("Chromium is missing: Debian's is being installed for the browser tests.\n");
  if (!succeeds("update")) return null;
  PACKAGES.find((name) => succeeds("install", "-y", "--no-install-recommends", name));
  return findChromium();
}

function succeeds(...args: string[]): boolean {
  try {
    execFileSync("apt-get", args, { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}
