import { mkdirSync, readFileSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { build, type Plugin } from "esbuild";

declare module "vitest" {
  export interface ProvidedContext {
    /** Where the programs are that child processes of tests run. */
    programs: string;
  }
}

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
/** Started more often than once a run. */
const PROGRAMS = ["src/main.ts", "src/cli.ts", "test/db/children/embedded.ts", "test/db/children/migrate.ts"];

/** Where a program is read from tells where its data is. */
const inPlace: Plugin = {
  name: "in-place",
  setup({ onLoad }) {
    onLoad({ filter: /\.ts$/ }, ({ path }) => ({
      loader: "ts",
      contents: readFileSync(path, "utf8").replaceAll("import.meta.url", JSON.stringify(pathToFileURL(path).href)),
    }));
  },
};

/** Puts the programs together once: to compile the product anew costs every process that a test starts two seconds. */
export async function buildPrograms(directory: string): Promise<string> {
  const outdir = join(directory, "programs");
  mkdirSync(outdir, { recursive: true });
  symlinkSync(join(ROOT, "node_modules"), join(outdir, "node_modules"), "junction");
  await build({
    absWorkingDir: ROOT,
    entryPoints: PROGRAMS,
    outbase: ROOT,
    outdir,
    bundle: true,
    splitting: true,
    format: "esm",
    platform: "node",
    packages: "external",
    // As tsx does: classes are known by their names.
    keepNames: true,
    outExtension: { ".js": ".mjs" },
    plugins: [inPlace],
    logLevel: "warning",
  });
  return outdir;
}
