import type { FastifyInstance } from "fastify";
import type { Metrics, ReportsState } from "../metrics.ts";

export interface HealthDeps {
  metrics: Metrics;
  /** Whether strangers may read the metrics. */
  isOpen: boolean;
  /** True once the process was told to stop: balancers then send nothing new. */
  isDraining(): boolean;
  /** Throws while the database cannot be reached. */
  checkDatabase(): Promise<void>;
  /** The migrations that this version needs and the database does not have. */
  pendingMigrations(): Promise<readonly string[]>;
  loading: ReportsState["loading"];
}

/** A database that needs longer to answer is not ready. */
const PATIENCE_MS = 2_000;

/** GET /livez, /readyz and /metrics: without personal data; the last for strangers only where the settings say so. */
export function healthRoute(server: FastifyInstance, deps: HealthDeps): void {
  const open = { config: { access: "uncounted" as const } };
  server.get("/livez", open, async () => ({ status: "ok" }));
  let checking: Promise<Record<string, string>> | null = null;
  server.get("/readyz", open, async (_request, reply) => {
    // However many ask, one check is under way.
    checking ??= checkAll(deps).finally(() => (checking = null));
    const checks = await checking;
    const isReady = Object.values(checks).every((check) => check === "ok");
    return reply.code(isReady ? 200 : 503).send({
      status: isReady ? "ok" : "unavailable",
      checks,
      // Reports wait; whatever else is asked does not.
      loading: deps.loading() ?? undefined,
    });
  });
  server.get("/metrics", { config: { access: deps.isOpen ? "open" : "intake:read" } }, async (_request, reply) =>
    reply.type(deps.metrics.contentType).send(await deps.metrics.print()),
  );
}

/** Both at once, in the same time. */
async function checkAll({ isDraining, checkDatabase, pendingMigrations }: HealthDeps): Promise<Record<string, string>> {
  const [database, migrations] = await Promise.all([
    inTime(checkDatabase).then(
      () => "ok",
      () => "away",
    ),
    inTime(pendingMigrations).then(
      (names) => (names.length === 0 ? "ok" : "pending"),
      () => "unknown",
    ),
  ]);
  return { process: isDraining() ? "draining" : "ok", database, migrations };
}

async function inTime<Answer>(work: () => Promise<Answer>): Promise<Answer> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error("The check took too long.")), PATIENCE_MS);
  });
  try {
    return await Promise.race([work(), late]);
  } finally {
    clearTimeout(timer);
  }
}
