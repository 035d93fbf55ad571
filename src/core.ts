import { type KeyObject, randomBytes } from "node:crypto";
import { chmodSync, existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { totalmem } from "node:os";
import { join } from "node:path";
import type { Config } from "./config.ts";
import { type Database, openDatabase } from "./db/client.ts";
import { startEmbedded } from "./db/embedded.ts";
import { type Keyring, openKeyring } from "./db/keyring.ts";
import { migrate } from "./db/migrate.ts";
import type { Rules } from "./facts/rules.ts";
import type { Writes } from "./graphql/context.ts";
import { ensureNamespaces, findRules } from "./identity/rules.repository.ts";
import { type ReplayFilter, replay } from "./ingest/correcting/replay.ts";
import { type ErasureLedger, openErasureLedger } from "./ingest/forgetting/erasure-ledger.ts";
import { openForgetter } from "./ingest/forgetting/forget.ts";
import { replayErasures } from "./ingest/forgetting/replay-erasures.ts";
import { receiptKeyFileIn, receiptKeyOf } from "./ingest/forgetting/signed-receipt.ts";
import { type Ingest, openIngest } from "./ingest/ingest.ts";
import { matchingAfter } from "./ingest/matching/rematch.ts";
import { openTracking } from "./ingest/matching/tracking.ts";
import type { Announcer } from "./ingest/ringing/announce.ts";
import { ensureRoutingRules } from "./ingest/ringing/routing-rules.repository.ts";
import type { IngestObserver } from "./ingest/steps.ts";
import { forgetForeignChanges } from "./journeys/floor.repository.ts";
import { type Journeys, openJourneys } from "./journeys/journeys.ts";
import { openWorkers } from "./journeys/workers.ts";
import { isUsableKey } from "./keys/keys.repository.ts";
import type { Log } from "./kit/log.ts";
import { repeat } from "./kit/repeat.ts";
import { openExporter } from "./privacy/exporter.ts";

/** What the server and every command need. */
export interface Core {
  database: Database;
  databaseUrl: string;
  keyring: Keyring;
  ingest: Ingest;
  /** What receipts of forgetting are signed with; null where no secret lies outside the database. */
  receiptKey: KeyObject | null;
  /** Who was forgotten, outside the database; null where no setting names a file. */
  ledger: ErasureLedger | null;
  /** The file that says what the last seal of the audit is, outside the database; null where no setting names one. */
  auditHead: string | null;
  /** What reports read; nothing is loaded before one is asked for. */
  journeys: Journeys;
  isEmbedded: boolean;
  rules(): Rules;
  /** Reads the rules again at once, after changing them. */
  refreshRules(): Promise<void>;
  /** Finishes accepted work, then closes the pool, then PostgreSQL. */
  close(): Promise<void>;
}

export interface CoreOptions {
  config: Config;
  log: Log;
  /** 0 for commands, which may run as long as they need. */
  statementTimeoutMs: number;
  /** Receives the time of each step of ingest, and the receipts. */
  observer?: IngestObserver;
  /** Commands may use the PostgreSQL of a server that runs on the same data directory. */
  mayShare?: boolean;
}

/** How long it may take to notice that another process changed the rules. */
const RULES_REFRESH_MS = 5_000;
/** How long a report may have to wait for what came in since the last look. */
const KEEP_UP_EVERY_MS = 2_000;

/** Opens the database and everything above it; after an error it closes what it opened. */
export async function openCore(options: CoreOptions): Promise<Core> {
  const closers: (() => unknown)[] = [];
  const close = async () => {
    for (const closer of closers.splice(0).reverse()) await closer();
  };
  try {
    return { ...(await openParts(options, (closer) => closers.push(closer))), close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** The functions that mutations call. */
export function writesOf(
  { database: db, keyring, ingest, rules, receiptKey, ledger }: Core,
  announcer: Announcer,
): Writes {
  return {
    ingest,
    replay: (filter: ReplayFilter) => replay(db, ingest, { filter, key: keyring.rejectionKey }),
    announcer,
    tracking: openTracking({ database: db, identityKey: keyring.identityKey, rules }),
    deciding: matchingAfter(db),
    forgetter: openForgetter({ database: db, rules, ...keyring, receiptKey, ledger }),
    exporter: openExporter(db, { ...keyring, isUsableKey: (id) => isUsableKey(db, id) }),
  };
}

type OnClose = (closer: () => unknown) => void;

async function openParts(options: CoreOptions, onClose: OnClose): Promise<Omit<Core, "close">> {
  const { config, log, statementTimeoutMs, observer } = options;
  const server = await openPostgres(options);
  onClose(server.stop);
  const applied = await migrate(server.url);
  if (applied.length > 0) log.info("database.migrated", { applied });
  const database = openDatabase({
    url: server.url,
    poolSize: config.databasePoolSize,
    statementTimeoutMs,
    checkRows: config.environment === "test" ? "all" : "first",
  });
  onClose(() => database.close());
  await forgetForeignChanges(database);
  await ensureNamespaces(database);
  await ensureRoutingRules(database);
  const keyring = await openKeyring(database, config.secret);
  const rules = await openRules(database, config.defaultRegion, log);
  onClose(rules.stop);
  const ingest = openIngest({ database, log, ...keyring, rules: rules.current, observer });
  onClose(() => ingest.close());
  const ledger = await openLedger(database, { ...options, ...keyring, ...server, rules: rules.current() });
  const workers = openWorkers(new URL("./fold-worker.mjs", import.meta.url));
  onClose(() => workers.close());
  const journeys = openJourneys(database, {
    workers,
    limitMs: statementTimeoutMs,
    memory: (config.reportsMemoryMb ?? halfOfMemory()) * MEGABYTE,
  });
  const keepUp = () => journeys.keepUp().catch(({ code }) => log.warn("journeys.behind", { code }));
  onClose(repeat(keepUp, KEEP_UP_EVERY_MS));
  const { isEmbedded } = server;
  return {
    database,
    databaseUrl: server.url,
    keyring,
    ingest,
    ...outsideOf(config, isEmbedded),
    ledger,
    journeys,
    isEmbedded,
    rules: rules.current,
    refreshRules: rules.refresh,
  };
}

type LedgerOptions = CoreOptions & Keyring & { isEmbedded: boolean; rules: Rules };

/** The file that the setting names; an embedded database has one beside it. Whoever is in it is forgotten before anybody asks. */
async function openLedger(
  database: Database,
  { config, log, isEmbedded, ...replaying }: LedgerOptions,
): Promise<ErasureLedger | null> {
  const file = config.erasureLedger ?? (isEmbedded ? join(config.dataDir, "erasures.ndjson") : null);
  if (file === null) return null;
  const ledger = openErasureLedger(file, log);
  const again = await replayErasures(database, { ...replaying, ledger });
  if (again > 0) log.info("customers.forgotten-again", { customers: again });
  return ledger;
}

/** What must not lie in the database; an embedded one has it in files beside it. */
function outsideOf(config: Config, isEmbedded: boolean): Pick<Core, "receiptKey" | "auditHead"> {
  const auditHead = config.auditHead ?? (isEmbedded ? join(config.dataDir, "audit.head") : null);
  return { receiptKey: receiptKeyIn(config, isEmbedded), auditHead };
}

/** It follows from C360_SECRET; without one, an embedded database has a file beside it. */
function receiptKeyIn({ secret, dataDir }: Config, isEmbedded: boolean): KeyObject | null {
  if (secret !== null) return receiptKeyOf(secret);
  if (!isEmbedded) return null;
  const file = receiptKeyFileIn(dataDir);
  if (!existsSync(file)) writeFileSync(file, randomBytes(32).toString("hex"), { mode: 0o600 });
  return receiptKeyOf(readFileSync(file, "utf8"));
}

const MEGABYTE = 1_000_000;

/** Half of the megabytes that the process may use; a container may have less than the machine. */
function halfOfMemory(): number {
  const allowed = process.constrainedMemory();
  return (allowed > 0 ? Math.min(totalmem(), allowed) : totalmem()) / 2 / MEGABYTE;
}

interface Postgres {
  url: string;
  isEmbedded: boolean;
  stop(): unknown;
}

/** The PostgreSQL of the settings: one that is there, or our own, which is started. */
export async function openPostgres({
  config,
  log,
  mayShare,
}: Pick<CoreOptions, "config" | "log" | "mayShare">): Promise<Postgres> {
  if (config.databaseUrl) return { url: config.databaseUrl, isEmbedded: false, stop() {} };
  const address = join(config.dataDir, "address");
  try {
    const embedded = await startEmbedded({ dataDir: config.dataDir, log });
    // Commands find the PostgreSQL of this process here.
    writeFileSync(address, embedded.url, { mode: 0o600 });
    chmodSync(address, 0o600);
    const stop = () => {
      rmSync(address, { force: true });
      return embedded.stop();
    };
    return { url: embedded.url, isEmbedded: true, stop };
  } catch (error) {
    if (!mayShare || !/is in use by process/.test(String(error)) || !existsSync(address)) throw error;
    return { url: readFileSync(address, "utf8"), isEmbedded: true, stop() {} };
  }
}

async function openRules(database: Database, defaultRegion: string, log: Log) {
  let rules = await findRules(database, defaultRegion);
  const refresh = async () => {
    rules = await findRules(database, defaultRegion);
  };
  let refreshing: Promise<void> = Promise.resolve();
  const timer = setInterval(() => {
    refreshing = refresh().catch((error) => log.warn("rules.stale", { code: (error as { code?: string }).code }));
  }, RULES_REFRESH_MS);
  timer.unref();
  const stop = () => {
    clearInterval(timer);
    // Before the database is closed under it.
    return refreshing;
  };
  return { current: () => rules, refresh, stop };
}
