import { fileURLToPath } from "node:url";
import { defineConfig } from "vite";

const HERE = fileURLToPath(new URL(".", import.meta.url));

/** The console: one small bundle for the desk, every other page and the charts when they are opened. */
export default defineConfig({
  root: HERE,
  base: "/",
  build: {
    outDir: "dist",
    emptyOutDir: true,
    // Data addresses would need a looser content security policy.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 700,
  },
  server: {
    proxy: { "/graphql": { target: "http://127.0.0.1:4000", ws: true }, "/graphiql": "http://127.0.0.1:4000" },
  },
});
