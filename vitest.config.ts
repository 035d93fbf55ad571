import { defineConfig } from "vitest/config";
import { LongestFirst } from "./test/kit/longest-first.ts";

export default defineConfig({
  resolve: {
    // Two copies of graphql ("another module or realm") otherwise.
    alias: [{ find: /^graphql$/, replacement: "graphql/index.js" }],
  },
  test: {
    include: ["test/**/*.test.ts"],
    globalSetup: ["test/kit/postgres.ts", "test/console/chromium.ts"],
    setupFiles: ["reflect-metadata", "test/kit/seed.ts"],
    testTimeout: 120_000,
    // A machine may have much else to do: what is waited for is a fact, not its speed.
    expect: { poll: { timeout: 15_000 } },
    hookTimeout: 120_000,
    maxWorkers: 3,
    // Files of one worker share what they import: loading it for each anew was a fifth of the suite.
    isolate: false,
    // As `npm start` does: a small nursery has what lives a request long collected as if it lived for ever.
    execArgv: ["--max-semi-space-size=32"],
    // Read again, what has not changed is not compiled anew: half of the first process's work.
    experimental: { fsModuleCache: true },
    sequence: { sequencer: LongestFirst },
  },
});
