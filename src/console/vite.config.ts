import { join } from "node:path";
import { defineConfig } from "vite";

const HERE = import.meta.dirname;

/** The console: one small bundle for the desk, every other page and the charts when they are opened; and GraphiQL. */
export default defineConfig({
  root: HERE,
  base: "/",
  build: {
    outDir: "dist",
    emptyOutDir: true,
    // Inline data URLs would need a looser content security policy.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 800,
    rolldownOptions: {
      // GraphiQL's packages say "use client", which means nothing here.
      checks: { moduleLevelDirective: false },
      input: { console: join(HERE, "index.html"), graphiql: join(HERE, "graphiql/index.html") },
      // GraphiQL asks for its editor in thirty pieces.
      output: {
        codeSplitting: { includeDependenciesRecursively: false, groups: [{ name: "editor", test: /codemirror/ }] },
      },
    },
  },
  server: { proxy: { "/graphql": { target: "http://127.0.0.1:4000", ws: true } } },
});
