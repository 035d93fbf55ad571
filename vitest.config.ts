import { defineConfig } from "vitest/config";

export default defineConfig({
  resolve: {
    // Two copies of graphql ("another module or realm") otherwise.
    alias: [{ find: /^graphql$/, replacement: "graphql/index.js" }],
  },
  test: {
    include: ["test/**/*.test.ts"],
    globalSetup: ["test/kit/postgres.ts", "test/console/chromium.ts"],
    setupFiles: ["reflect-metadata"],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    maxWorkers: 2,
    // Files of one worker share what they import: loading it for each anew was a fifth of the suite.
    isolate: false,
  },
});
