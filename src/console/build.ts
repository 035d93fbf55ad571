import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { env } from "node:process";
import { fileURLToPath } from "node:url";
import { brotliCompressSync } from "node:zlib";

// Builds the console into dist/. With `--if-stale` only when it is missing or older than what it is made of.

const HERE = fileURLToPath(new URL(".", import.meta.url));
const ROOT = join(HERE, "..", "..");
const SCHEMA = join(ROOT, "schema", "schema.graphql");
const STAMP = join(HERE, "dist", "made-of");

const order = process.argv[2];
const fingerprint = fingerprintOf([SCHEMA, join(ROOT, "package-lock.json"), ...sources(HERE)]);
if (order !== "--if-stale" || !isFresh(fingerprint)) await build(fingerprint);

async function build(stamp: string): Promise<void> {
  // Whoever builds it, a test run included, gets the same console: React has a slow one for development.
  env.NODE_ENV = "production";
  const started = performance.now();
  const vite = await import("vite");
  const isQuiet = order === "--if-stale";
  await vite.build({ configFile: join(HERE, "vite.config.ts"), logLevel: isQuiet ? "warn" : "info" });
  compress(join(HERE, "dist", "assets"));
  writeFileSync(STAMP, stamp);
  process.stdout.write(`The console is built (${((performance.now() - started) / 1_000).toFixed(1)} s).\n`);
}

/** Compressed once here rather than at each request. */
function compress(folder: string): void {
  for (const name of readdirSync(folder)) {
    writeFileSync(join(folder, `${name}.br`), brotliCompressSync(readFileSync(join(folder, name))));
  }
}

function isFresh(stamp: string): boolean {
  return existsSync(STAMP) && readFileSync(STAMP, "utf8") === stamp;
}

/** Of contents, not of times: a checkout gives every file a new time. */
function fingerprintOf(files: string[]): string {
  const hash = createHash("sha256");
  for (const file of files) hash.update(relative(ROOT, file)).update("\0").update(readFileSync(file)).update("\0");
  return hash.digest("hex");
}

function sources(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => !/^dist\//.test(relative(HERE, path)))
    .toSorted();
}
