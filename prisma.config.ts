import { defineConfig } from "prisma/config";

// Prisma's CLI would download a native engine; generating the client needs none.
process.env.PRISMA_SCHEMA_ENGINE_BINARY ??= process.execPath;

export default defineConfig({
  schema: "prisma/schema.prisma",
  migrations: { path: "prisma/migrations" },
});
