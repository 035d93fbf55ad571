import { afterAll, beforeAll, beforeEach } from "vitest";
import { type App, openApp } from "../../src/app.ts";
import { readConfig } from "../../src/config.ts";
import { createKey } from "../../src/keys/keys.ts";
import { type Log, openLog } from "../../src/kit/log.ts";
import { ROLES, type Role } from "../../src/request.ts";
import { type TestDatabase, useDatabase } from "../kit/database.ts";
import { PATIENT_MS } from "../kit/ingest.ts";

/** The bootstrap key: it needs no row, so it outlives the emptying of the tables. */
export const ADMIN_KEY = "c360_test_admin_key_of_more_than_32_characters";

export interface TestApp extends TestDatabase {
  readonly app: App;
  readonly url: string;
  readonly databaseUrl: string;
  /** Asks as the bootstrap admin unless told otherwise; null sends no key. */
  ask(query: string, variables?: Record<string, unknown>, key?: string | null): Promise<GraphqlReply>;
  /** Posts to a path of the server. */
  post(path: string, body: unknown, headers?: Record<string, string>): Promise<Response>;
  /** A key of each role, stored afresh. */
  keys(): Promise<Record<Role, string>>;
}

interface GraphqlReply {
  status: number;
  // Tests look into answers of any shape.
  // biome-ignore lint/suspicious/noExplicitAny: what a test asks for is what it gets
  data?: any;
  errors?: { message: string; path?: (string | number)[]; extensions: { code: string } }[];
}

export interface AppOptions {
  settings?: Record<string, string>;
  log?: Log;
}

/** The whole house on a database of its own, behind real HTTP. */
export function useApp({ settings = {}, log = openLog("silent") }: AppOptions = {}): TestApp {
  const database = useDatabase();
  const house = {} as { app: App };
  beforeAll(async () => {
    house.app = await openApp(configFor(database.url, settings), log);
  });
  // Emptying the tables leaves a moment without namespaces, in which the app may have looked.
  beforeEach(() => house.app.core.refreshRules());
  afterAll(() => house.app?.stop());
  const post = (path: string, body: unknown, headers: Record<string, string> = {}) =>
    fetch(`${house.app.url}${path}`, {
      method: "POST",
      headers: { "content-type": "application/json", authorization: `Bearer ${ADMIN_KEY}`, ...headers },
      body: typeof body === "string" ? body : JSON.stringify(body),
    });
  return {
    get app() {
      return house.app;
    },
    get db() {
      return database.db;
    },
    get url() {
      return house.app.url;
    },
    get databaseUrl() {
      return database.url;
    },
    empty: () => database.empty(),
    post,
    async ask(query, variables = {}, key = ADMIN_KEY) {
      const reply = await post("/graphql", { query, variables }, { authorization: key ? `Bearer ${key}` : "" });
      return { status: reply.status, ...((await reply.json()) as object) };
    },
    async keys() {
      const bound = { collector: { sources: ["web"], origins: ["https://www.example.com"] } } as Partial<
        Record<Role, object>
      >;
      const made = ROLES.map(
        async (role) => [role, await createKey(database.db, { name: role, role, ...bound[role] })] as const,
      );
      return Object.fromEntries(await Promise.all(made)) as Record<Role, string>;
    },
  };
}

/** Settings for an app on the given database: any free port, nothing said. */
export function configFor(url: string, settings: Record<string, string> = {}) {
  return readConfig({
    NODE_ENV: "test",
    DATABASE_URL: url,
    PORT: "0",
    SEED: "none",
    LOG_LEVEL: "silent",
    C360_DEFAULT_REGION: "SE",
    C360_ADMIN_KEY: ADMIN_KEY,
    C360_LOOKUP_DEADLINE_MS: String(PATIENT_MS),
    ...settings,
  });
}
