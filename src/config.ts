import { existsSync } from "node:fs";
import { z } from "zod";
import { isPhoneRegion } from "./facts/phone.ts";
import { LIMITS, type Limits } from "./graphql/engine/limits.ts";
import type { LogLevel } from "./kit/log.ts";
import { networks, origins, pem, secret, url, webhookSecrets, whole, yesOrNo } from "./settings.ts";

/** The settings of the process, validated and frozen. `app.ts` gives each folder only what it needs. */
export interface Config {
  readonly environment: "development" | "production" | "test";
  readonly host: string;
  readonly port: number;
  /** Certificate and key as PEM; null for plain HTTP, for a proxy to speak TLS. */
  readonly tls: Readonly<{ cert: string; key: string }> | null;
  readonly publicUrl: string | null;
  readonly dataDir: string;
  /** Null: the embedded PostgreSQL in `dataDir`. */
  readonly databaseUrl: string | null;
  readonly databasePoolSize: number;
  readonly logLevel: LogLevel;
  readonly seed: "demo" | "none";
  readonly adminKey: string | null;
  readonly secret: string | null;
  /** The file that keeps who was forgotten; null for none, or that beside an embedded database. */
  readonly erasureLedger: string | null;
  /** The file that says what the last seal of the audit is. */
  readonly auditHead: string | null;
  readonly tokens: TokenSettings | null;
  /** Whether agents may search customers by name; looking one up by identity they may in any case. */
  readonly agentsSearch: boolean;
  readonly corsOrigins: readonly string[];
  /** The proxies that are believed when they say whom they forward. */
  readonly trustedProxies: readonly string[];
  /** By connector: several at once while one is replaced by another. */
  readonly webhookSecrets: Readonly<Record<string, readonly string[]>>;
  readonly defaultRegion: string;
  readonly introspection: boolean;
  /** Whether strangers may read metrics, openapi.json and GraphiQL. */
  readonly openPages: boolean;
  /** Megabytes that all journeys may take in memory; null for half of what the process may use. */
  readonly reportsMemoryMb: number | null;
  readonly limits: Readonly<Limits>;
}

/** How JSON web tokens are checked. */
interface TokenSettings {
  readonly jwksUrl: string;
  readonly issuer: string;
  readonly audience: string;
  readonly roleClaim: string;
}

/** Settings that cannot be used; the message lists every mistake in a sentence. */
export class ConfigError extends Error {
  readonly faults: readonly string[];

  constructor(faults: readonly string[]) {
    super(`The settings cannot be used:\n${faults.map((fault) => `  - ${fault}`).join("\n")}`);
    this.name = "ConfigError";
    this.faults = faults;
  }
}

/** Adds the settings of `.env` in the working directory; the environment wins. */
export function loadEnvFile(): void {
  if (existsSync(".env")) process.loadEnvFile(".env");
}

/** Reads every setting from the environment; throws one ConfigError that names all mistakes. */
export function readConfig(environment: NodeJS.ProcessEnv = process.env): Config {
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value?.trim()));
  const parsed = settings.safeParse(given);
  const faults = [
    ...strangersIn(given),
    ...(parsed.success ? combinationsIn(parsed.data) : parsed.error.issues.map(sentenceOf)),
  ];
  if (!parsed.success || faults.length > 0) throw new ConfigError(faults);
  return configOf(parsed.data);
}

/** Where the embedded database lies when nobody says. */
export const DATA_FOLDER = ".data";

/** Every setting, its check and its default. `.env.example` explains each. */
const settings = z.object({
  NODE_ENV: z
    .enum(["development", "production", "test"], "must be development, production or test.")
    .default("development"),
  HOST: z.string().default("127.0.0.1"),
  PORT: whole(0, 65_535).default(4000),
  C360_TLS_CERT: pem.optional(),
  C360_TLS_KEY: pem.optional(),
  DATA_DIR: z.string().default(DATA_FOLDER),
  DATABASE_URL: url("postgres:", "postgresql:").optional(),
  DATABASE_POOL_SIZE: whole(2, 200).default(10),
  LOG_LEVEL: z
    .enum(["debug", "info", "warn", "error", "silent"], "must be debug, info, warn, error or silent.")
    .default("info"),
  SEED: z
    .enum(["demo", "town", "none"], "must be demo or none.")
    .default("demo")
    // "town" is the old name of "demo".
    .transform((seed) => (seed === "town" ? "demo" : seed)),
  C360_PUBLIC_URL: url("http:", "https:").optional(),
  C360_ADMIN_KEY: secret.optional(),
  C360_SECRET: secret.optional(),
  C360_ERASURE_LEDGER: z.string().optional(),
  C360_AUDIT_HEAD: z.string().optional(),
  C360_JWKS_URL: url("http:", "https:").optional(),
  C360_JWT_ISSUER: z.string().optional(),
  C360_JWT_AUDIENCE: z.string().optional(),
  C360_JWT_ROLE_CLAIM: z.string().default("role"),
  C360_AGENTS_SEARCH: yesOrNo.default(true),
  C360_CORS_ORIGINS: origins.default([]),
  C360_TRUSTED_PROXIES: networks.default([]),
  C360_WEBHOOK_SECRETS: webhookSecrets.default({}),
  C360_DEFAULT_REGION: z
    .string()
    .refine(isPhoneRegion, "must be the two letters of a country with telephone numbers, such as SE.")
    .default("GB"),
  C360_INTROSPECTION: yesOrNo.optional(),
  C360_OPEN_PAGES: yesOrNo.optional(),
  C360_REPORTS_MEMORY_MB: whole(1, 100_000_000).optional(),
  C360_MAX_DEPTH: whole(1, 100).default(LIMITS.depth),
  C360_MAX_ALIASES: whole(0, 10_000).default(LIMITS.aliases),
  C360_MAX_ROOT_FIELDS: whole(1, 1_000).default(LIMITS.rootFields),
  C360_MAX_TOKENS: whole(100, 100_000).default(LIMITS.tokens),
  C360_MAX_COST: whole(100, 100_000_000).default(LIMITS.cost),
  C360_MAX_BODY_BYTES: whole(1_024, 104_857_600).default(LIMITS.bodyBytes),
  C360_MAX_RECORDS: whole(1, 100_000).default(LIMITS.recordsPerRequest),
  C360_MAX_LINES: whole(1, 10_000_000).default(LIMITS.linesPerRequest),
  C360_MAX_LINE_BYTES: whole(1_024, 16_777_216).default(LIMITS.lineBytes),
  C360_MAX_UNPACKED_BYTES: whole(1_024, 107_374_182_400).default(LIMITS.unpackedBytes),
  C360_REQUESTS_PER_SECOND: whole(1, 1_000_000).default(LIMITS.requestsPerSecond),
  C360_STRANGERS_PER_SECOND: whole(1, 1_000_000).default(LIMITS.strangersPerSecond),
  C360_CONNECTIONS_PER_CLIENT: whole(1, 1_000_000).default(LIMITS.connectionsPerClient),
  C360_STATEMENT_TIMEOUT_MS: whole(100, 3_600_000).default(LIMITS.statementTimeoutMs),
  C360_LOOKUP_DEADLINE_MS: whole(50, 60_000).default(LIMITS.lookupDeadlineMs),
  C360_LOOKUPS_AT_ONCE: whole(1, 10_000).default(LIMITS.lookupsAtOnce),
});
type Settings = z.output<typeof settings>;

/** The names of all settings, for the test that each is documented. */
export const SETTING_NAMES: readonly string[] = Object.keys(settings.shape);

function configOf(given: Settings): Config {
  const { C360_JWKS_URL: jwksUrl, C360_JWT_ISSUER: issuer, C360_JWT_AUDIENCE: audience } = given;
  return deepFreeze({
    environment: given.NODE_ENV,
    host: given.HOST,
    port: given.PORT,
    publicUrl: given.C360_PUBLIC_URL ?? null,
    tls: given.C360_TLS_CERT && given.C360_TLS_KEY ? { cert: given.C360_TLS_CERT, key: given.C360_TLS_KEY } : null,
    dataDir: given.DATA_DIR,
    databaseUrl: given.DATABASE_URL ?? null,
    databasePoolSize: given.DATABASE_POOL_SIZE,
    logLevel: given.LOG_LEVEL,
    seed: given.SEED,
    adminKey: given.C360_ADMIN_KEY ?? null,
    secret: given.C360_SECRET ?? null,
    erasureLedger: given.C360_ERASURE_LEDGER ?? null,
    auditHead: given.C360_AUDIT_HEAD ?? null,
    tokens: jwksUrl && issuer && audience ? { jwksUrl, issuer, audience, roleClaim: given.C360_JWT_ROLE_CLAIM } : null,
    agentsSearch: given.C360_AGENTS_SEARCH,
    corsOrigins: given.C360_CORS_ORIGINS,
    trustedProxies: given.C360_TRUSTED_PROXIES,
    webhookSecrets: given.C360_WEBHOOK_SECRETS,
    defaultRegion: given.C360_DEFAULT_REGION,
    openPages: given.C360_OPEN_PAGES ?? given.NODE_ENV !== "production",
    introspection: given.C360_INTROSPECTION ?? given.NODE_ENV !== "production",
    reportsMemoryMb: given.C360_REPORTS_MEMORY_MB ?? null,
    limits: limitsOf(given),
  });
}

function limitsOf(given: Settings): Limits {
  return {
    depth: given.C360_MAX_DEPTH,
    aliases: given.C360_MAX_ALIASES,
    rootFields: given.C360_MAX_ROOT_FIELDS,
    tokens: given.C360_MAX_TOKENS,
    cost: given.C360_MAX_COST,
    bodyBytes: given.C360_MAX_BODY_BYTES,
    recordsPerRequest: given.C360_MAX_RECORDS,
    linesPerRequest: given.C360_MAX_LINES,
    lineBytes: given.C360_MAX_LINE_BYTES,
    unpackedBytes: given.C360_MAX_UNPACKED_BYTES,
    requestsPerSecond: given.C360_REQUESTS_PER_SECOND,
    strangersPerSecond: given.C360_STRANGERS_PER_SECOND,
    connectionsPerClient: given.C360_CONNECTIONS_PER_CLIENT,
    statementTimeoutMs: given.C360_STATEMENT_TIMEOUT_MS,
    lookupDeadlineMs: given.C360_LOOKUP_DEADLINE_MS,
    lookupsAtOnce: given.C360_LOOKUPS_AT_ONCE,
  };
}

/** Variables of a terminal that talks to a server: the address and the key. */
const OF_CLIENTS = ["C360_URL", "C360_KEY"];

/** Settings with unknown names: a misspelt setting would have no effect. */
function strangersIn(given: Record<string, string | undefined>): string[] {
  return Object.keys(given)
    .filter((name) => name.startsWith("C360_") && !(name in settings.shape) && !OF_CLIENTS.includes(name))
    .map((name) => `${name} is not a setting; .env.example lists them all.`);
}

function combinationsIn(given: Settings): string[] {
  const isHalf = (given.C360_TLS_CERT === undefined) !== (given.C360_TLS_KEY === undefined);
  return [...(isHalf ? ["C360_TLS_CERT and C360_TLS_KEY are set together, or neither."] : []), ...tokenFaults(given)];
}

function tokenFaults(given: Settings): string[] {
  const parts = {
    C360_JWKS_URL: given.C360_JWKS_URL,
    C360_JWT_ISSUER: given.C360_JWT_ISSUER,
    C360_JWT_AUDIENCE: given.C360_JWT_AUDIENCE,
  };
  const missing = Object.entries(parts)
    .filter(([, value]) => !value)
    .map(([name]) => name);
  if (missing.length === 0 || missing.length === 3) return [];
  return [
    `${missing.join(" and ")} must be set too: a token is checked against its keys, its issuer and its audience.`,
  ];
}

/** Says which setting is wrong and what it should be; never its value, which may be a secret. */
function sentenceOf(issue: z.core.$ZodIssue): string {
  return `${issue.path.join(".")} ${issue.message}`;
}

function deepFreeze<Value extends object>(value: Value): Value {
  for (const part of Object.values(value)) if (part && typeof part === "object") deepFreeze(part);
  return Object.freeze(value);
}
