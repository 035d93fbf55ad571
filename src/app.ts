import type { AddressInfo } from "node:net";
import type { FastifyInstance } from "fastify";
import { type AuditLog, openAuditLog } from "./audit/audit-log.ts";
import { sealAudit } from "./audit/seals.repository.ts";
import type { Config } from "./config.ts";
import { type Core, openCore, writesOf } from "./core.ts";
import { listen } from "./db/listen.ts";
import { pendingMigrations } from "./db/migrate.ts";
import { ping } from "./db/ping.ts";
import { demoKey, loadDemoOnce } from "./demo.ts";
import { LIVE_CHANNEL } from "./facts/live.ts";
import { ruleOf } from "./facts/rules.ts";
import { addressedIn, type ReportField } from "./graphql/engine/reports.ts";
import { createSchema } from "./graphql/engine/schema.ts";
import { type Graphql, openGraphql } from "./graphql/engine/server.ts";
import { openStreaming, type Streaming } from "./graphql/engine/streaming.ts";
import { forgetOld } from "./housekeeping.ts";
import { type Gate, openGate } from "./http/gate.ts";
import { type Metrics, openMetrics } from "./http/metrics.ts";
import { callersRoute } from "./http/routes/callers.route.ts";
import { consoleRoute } from "./http/routes/console.route.ts";
import { exportRoute } from "./http/routes/export.route.ts";
import { factsRoute } from "./http/routes/facts.route.ts";
import { contextOf, graphqlRoute } from "./http/routes/graphql.route.ts";
import { healthRoute } from "./http/routes/health.route.ts";
import { openapiRoute } from "./http/routes/openapi.route.ts";
import { reportsRoute } from "./http/routes/reports.route.ts";
import { subscriptionRoutes } from "./http/routes/subscriptions.ts";
import { webhooksRoute } from "./http/routes/webhooks.route.ts";
import { closeServer, openServer } from "./http/server.ts";
import { openRematch } from "./ingest/matching/rematch.ts";
import { type Announcer, openAnnouncer } from "./ingest/ringing/announce.ts";
import { type Door, openDoor } from "./kit/door.ts";
import type { Log } from "./kit/log.ts";
import { goFirst } from "./kit/paced.ts";
import { repeat } from "./kit/repeat.ts";
import { type ActivityPoller, openActivityPoller } from "./live/activity.ts";
import { readCallerCard } from "./live/card.ts";
import { type Notifier, openNotifier } from "./live/notifier.ts";

/** The running server. */
export interface App {
  url: string;
  /** Its routes, such as `POST /v1/calls`. */
  routes: readonly string[];
  core: Core;
  /** The key of an embedded database that had no keys; null otherwise. */
  demoKey: string | null;
  /** Finishes accepted requests and records, then closes pool and PostgreSQL. */
  stop(): Promise<void>;
}

/** Ten minutes: stored answers are many and small, and a server that just started may be late too. */
const FORGET_EVERY_MS = 600_000;
/** What is deleted of the audit within this time does not show. */
const SEAL_EVERY_MS = 5_000;

/** Puts the server together and opens its entry points. */
export async function openApp(config: Config, log: Log, now = () => new Date()): Promise<App> {
  const metrics = openMetrics();
  const { statementTimeoutMs } = config.limits;
  const core = await openCore({ config, log, statementTimeoutMs, observer: metrics.ingest });
  try {
    await loadDemoOnce(core, config, log);
    const listening = await openEntryPoints(core, { config, log, metrics, now });
    const key = await demoKey(core, config);
    log.info("app.started", { url: listening.url, embedded: core.isEmbedded });
    return {
      url: listening.url,
      routes: listening.routes,
      core,
      demoKey: key,
      stop: () => stopApp(listening, core, log),
    };
  } catch (error) {
    await core.close();
    throw error;
  }
}

async function stopApp(listening: Listening, core: Core, log: Log): Promise<void> {
  log.info("app.stopping");
  await listening.close();
  await core.close();
  log.info("app.stopped");
}

interface Surroundings {
  config: Config;
  log: Log;
  metrics: Metrics;
  now(): Date;
}

interface Listening {
  url: string;
  routes: readonly string[];
  close(): Promise<void>;
}

async function openEntryPoints(core: Core, { config, log, metrics, now }: Surroundings): Promise<Listening> {
  const { introspection, limits } = config;
  metrics.watchPool(() => core.database.pool);
  metrics.watchReports(core.journeys);
  const door = openDoor({ places: limits.lookupsAtOnce });
  metrics.watchDoor(door.state);
  const engine = { schema: createSchema(), limits, introspection, log, door };
  const graphql = await openGraphql(engine);
  const streaming = openStreaming(engine);
  const live = openLive(core, log);
  const auditLog = openAuditLog(core.database, log);
  const gate = openGate({ db: core.database, ...limits, ...config });
  const { corsOrigins, trustedProxies, tls, publicUrl } = config;
  const server = await openServer({ ...limits, corsOrigins, trustedProxies, tls, publicUrl, gate, metrics, log });
  const state = { isDraining: false };
  const isDraining = () => state.isDraining;
  const reports = addressedIn(engine.schema);
  const deps = { core, config, log, metrics, graphql, reports, streaming, live, auditLog, gate, door, isDraining };
  addRoutes(server, deps);
  const forget = () => forgetOld(core, now(), log);
  void forget();
  const seal = () =>
    sealAudit(core.database, { key: core.keyring.identityKey, log, headFile: core.auditHead }).catch(({ code }) =>
      log.warn("audit.unsealed", { code }),
    );
  const stops = [repeat(forget, FORGET_EVERY_MS), repeat(seal, SEAL_EVERY_MS)];
  await server.listen({ host: config.host, port: config.port });
  return {
    url: publicUrl ?? urlOf(server.server.address() as AddressInfo, tls ? "https" : "http"),
    routes: server.routes,
    async close() {
      state.isDraining = true;
      for (const stop of stops) stop();
      await closeServer(server);
      await live.close();
      await graphql.stop();
      await auditLog.close();
    },
  };
}

interface Live {
  announcer: Announcer;
  notifier: Notifier;
  activityPoller: ActivityPoller;
  close(): Promise<void>;
}

/**
 * Pops expire within seconds of their time, and calls are matched again where two batches could not know of each other.
 */
const HOUSEKEEPING_EVERY_MS = 2_000;

/** Opens what keeps agents' screens current: the listener on the database, the announcer, and housekeeping. */
function openLive({ database, databaseUrl, keyring, rules }: Core, log: Log): Live {
  const onTrouble = (code: string | undefined) => log.warn("live.deaf", { code });
  const listener = listen({ url: databaseUrl, channel: LIVE_CHANNEL, onTrouble });
  const notifier = openNotifier(database, listener);
  const activityPoller = openActivityPoller(database);
  const announcer = openAnnouncer({ database, rules, identityKey: keyring.identityKey });
  const onFailure = ({ code }: { code?: string }) => log.warn("live.housekeeping", { code });
  const rematch = openRematch(database);
  const stops = [() => announcer.housekeep(), rematch].map((housekeep) =>
    repeat(() => housekeep().catch(onFailure), HOUSEKEEPING_EVERY_MS),
  );
  return {
    announcer,
    notifier,
    activityPoller,
    async close() {
      for (const stop of stops) stop();
      notifier.close();
      activityPoller.close();
      await listener.close();
    },
  };
}

interface RouteDeps {
  core: Core;
  config: Config;
  log: Log;
  metrics: Metrics;
  graphql: Graphql;
  reports: readonly ReportField[];
  streaming: Streaming;
  live: Live;
  auditLog: AuditLog;
  gate: Gate;
  door: Door;
  isDraining(): boolean;
}

function addRoutes(server: FastifyInstance, deps: RouteDeps): void {
  const { core, config, log, metrics, graphql, reports, streaming, live, auditLog, gate, door, isDraining } = deps;
  const { database: db, keyring, ingest } = core;
  const readers = {
    db,
    journeys: core.journeys,
    rules: core.rules,
    writes: writesOf(core, live.announcer),
    notifier: live.notifier,
    activityPoller: live.activityPoller,
    auditLog,
    lookupDeadlineMs: config.limits.lookupDeadlineMs,
    log,
    ...keyring,
  };
  graphqlRoute(server, { graphql, ...readers });
  reportsRoute(server, { graphql, reports, ...readers });
  subscriptionRoutes(server, {
    streaming,
    gate,
    contextOf: (asker, gone) => contextOf(readers, asker, gone),
    bodyBytes: config.limits.bodyBytes,
  });
  factsRoute(server, { ingest, db, limits: config.limits });
  const { webhookSecrets: secrets, publicUrl } = config;
  webhooksRoute(server, { gate, ingest, observer: metrics.ingest, secrets, publicUrl, log });
  callersRoute(server, {
    isNamespace: (name) => ruleOf(readers.rules(), name) !== undefined,
    readCard: (asked, asker, spentMs) =>
      readCallerCard(contextOf(readers, asker), asked, {
        deadlineMs: readers.lookupDeadlineMs - spentMs,
        door,
      }).finally(goFirst()),
  });
  exportRoute(server, readers.writes.exporter);
  consoleRoute(server, { hasGraphiql: config.openPages });
  openapiRoute(server, { publicUrl: config.publicUrl, isOpen: config.openPages, reports });
  healthRoute(server, {
    metrics,
    isOpen: config.openPages,
    isDraining,
    checkDatabase: () => ping(db),
    pendingMigrations: () => pendingMigrations(db),
    loading: core.journeys.loading,
  });
}

function urlOf({ address, family, port }: AddressInfo, scheme: string): string {
  return `${scheme}://${family === "IPv6" ? `[${address}]` : address}:${port}`;
}
