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
  },
});
