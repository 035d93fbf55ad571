import { symlinkSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "vite";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
/** Programs of the tests, built beside those of production. */
const CHILDREN = { embedded: "test/db/children/embedded.ts", migrate: "test/db/children/migrate.ts" };

// Builds the programs of production and of the tests' children into the folder that the command line names.
const outDir = process.argv[2]!;
await build({
  configFile: join(ROOT, "vite.config.ts"),
  logLevel: "warn",
  build: { outDir, rolldownOptions: { input: CHILDREN } },
});
symlinkSync(join(ROOT, "node_modules"), join(outDir, "node_modules"), "junction");
