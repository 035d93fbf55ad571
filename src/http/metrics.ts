import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";
import type { Ingest } from "../ingest/accept.ts";
import { countReceipts, type Receipt } from "../ingest/receipt.ts";

export interface Metrics {
  /** One answered request. */
  observe(request: { method: string; route: string; status: number; seconds: number }): void;
  /** The same way in, its receipts counted by door and status. */
  counting(ingest: Ingest): Ingest;
  /** Prometheus text format. */
  print(): Promise<string>;
  contentType: string;
}

/** How many connections a pool has, in use and waited for. */
export interface PoolState {
  totalCount: number;
  idleCount: number;
  waitingCount: number;
}

/** A registry of its own, so that two servers in one process do not mix. */
export function openMetrics(pool: () => PoolState): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry, prefix: "customer360_" });
  const requests = new Histogram({
    name: "customer360_http_request_seconds",
    help: "Time from request to answer, by route.",
    labelNames: ["method", "route", "status"],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 15],
    registers: [registry],
  });
  const receipts = new Counter({
    name: "customer360_ingest_receipts_total",
    help: "Records that came in, by door and receipt.",
    labelNames: ["door", "status"],
    registers: [registry],
  });
  registry.registerMetric(poolGauge(pool));
  return {
    observe: ({ method, route, status, seconds }) => requests.observe({ method, route, status }, seconds),
    counting: (ingest) => countingIngest(ingest, receipts),
    print: () => registry.metrics(),
    contentType: registry.contentType,
  };
}

function poolGauge(pool: () => PoolState): Gauge {
  return new Gauge({
    name: "customer360_database_connections",
    help: "Connections of the pool, and requests waiting for one.",
    labelNames: ["state"],
    registers: [],
    collect() {
      const { totalCount, idleCount, waitingCount } = pool();
      this.set({ state: "busy" }, totalCount - idleCount);
      this.set({ state: "idle" }, idleCount);
      this.set({ state: "waiting" }, waitingCount);
    },
  });
}

function countingIngest(ingest: Ingest, counter: Counter): Ingest {
  const count = (door: string, receipts: Receipt[]) => {
    for (const [status, number] of Object.entries(countReceipts(receipts))) counter.inc({ door, status }, number);
  };
  return {
    ...ingest,
    async accept(records, options) {
      const receipts = await ingest.accept(records, options);
      count(options.door, receipts);
      return receipts;
    },
    async acceptOne(record, options) {
      const receipt = await ingest.acceptOne(record, options);
      count(options.door, [receipt]);
      return receipt;
    },
  };
}
