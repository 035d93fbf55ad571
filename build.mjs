import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";

// Makes all that runs, or the steps that are named: `npm run build`. With --if-stale only what is missing or older than what it is made of, and without
// development packages nothing. JavaScript, since it runs before anything else does.

/** Each step, what it is made of besides the packages, and a file that it leaves. */
const STEPS = [
  { name: "generate", of: ["prisma/schema.prisma", "schema/schema.graphql"], leaves: "src/db/generated/client.ts" },
  { name: "build:console", of: ["src/console", "src/client", "schema"], leaves: "src/console/dist/index.html" },
  { name: "build:server", of: ["src", "seed", "prisma", "schema", "vite.config.ts"], leaves: "dist/main.js" },
];
const STAMPS = "node_modules/.cache/customer360";
const MADE = /(^|\/)(generated|dist)\//;

const { values, positionals } = parseArgs({ options: { "if-stale": { type: "boolean" } }, allowPositionals: true });
const isIfStale = values["if-stale"];
const steps = STEPS.filter(({ name }) => positionals.length === 0 || positionals.includes(name));
process.chdir(import.meta.dirname);
if (!isIfStale || existsSync("node_modules/vite")) for (const step of steps) build(step);

function build({ name, of, leaves }) {
  const stamp = join(STAMPS, name.replace(":", "-"));
  const fingerprint = fingerprintOf(["package-lock.json", ...of.flatMap(filesOf)]);
  if (isIfStale && existsSync(leaves) && textOf(stamp) === fingerprint) return;
  const { status } = spawnSync("npm", ["run", "--silent", name], {
    stdio: "inherit",
    shell: process.platform === "win32",
  });
  if (status !== 0) process.exit(status ?? 1);
  mkdirSync(STAMPS, { recursive: true });
  writeFileSync(stamp, fingerprint);
}

/** Of contents, not of times: a checkout gives every file a new time. */
function fingerprintOf(files) {
  const hash = createHash("sha256");
  for (const file of files) hash.update(file).update("\0").update(readFileSync(file)).update("\0");
  return hash.digest("hex");
}

function filesOf(path) {
  if (statSync(path).isFile()) return [path];
  const entries = readdirSync(path, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return entries
    .map(({ parentPath, name }) => join(parentPath, name))
    .filter((file) => !MADE.test(file))
    .toSorted();
}

function textOf(file) {
  return existsSync(file) ? readFileSync(file, "utf8") : "";
}
