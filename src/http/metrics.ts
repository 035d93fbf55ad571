import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";
import { countReceipts } from "../ingest/receipt.ts";
import type { IngestObserver } from "../ingest/steps.ts";

export interface Metrics {
  /** One answered request. */
  observe(request: { method: string; route: string; status: number; seconds: number }): void;
  /** The time of each step of ingest, and the receipts. */
  ingest: IngestObserver;
  /** Adds the connections of this pool to the metrics. */
  watchPool(pool: () => PoolState): void;
  /** Adds how many questions to reports wait, or are being answered, how many threads add up, and how far loading is. */
  watchReports(reports: ReportsState): void;
  /** Adds how many look-ups are being answered, wait, and were turned away. */
  watchDoor(state: () => { inside: number; waiting: number; refused: number }): void;
  /** Prometheus text format. */
  print(): Promise<string>;
  contentType: string;
}

/** What reports do, and wait for. */
export interface ReportsState {
  /** How many questions wait, or are being answered. */
  asking(): number;
  /** How many threads add up. */
  working(): number;
  /** How far the reading of what they are about is, while it goes on: rows, about how many there are, and seconds. */
  loading(): { rows: number; of: number; seconds: number } | null;
}

/** A pool's connections: in use and waited for. */
interface PoolState {
  totalCount: number;
  idleCount: number;
  waitingCount: number;
}

/** A registry of its own, so that two servers in one process do not mix. */
export function openMetrics(): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry, prefix: "customer360_" });
  const requests = new Histogram({
    name: "customer360_http_request_seconds",
    help: "Time from request to answer, by route.",
    labelNames: ["method", "route", "status"],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 15],
    registers: [registry],
  });
  return {
    observe: ({ method, route, status, seconds }) => requests.observe({ method, route, status }, seconds),
    ingest: ingestObserver(registry),
    watchPool: (pool) => registry.registerMetric(poolGauge(pool)),
    watchReports({ asking, working, loading }) {
      registry.registerMetric(
        numberGauge("customer360_reports_asked", "Questions to reports that wait, or are being answered.", asking),
      );
      registry.registerMetric(
        numberGauge("customer360_report_workers", "Threads that add up: none before the first report.", working),
      );
      for (const gauge of loadingGauges(loading)) registry.registerMetric(gauge);
    },
    watchDoor(state) {
      const gauge = (name: string, help: string, of: "inside" | "waiting" | "refused") =>
        registry.registerMetric(numberGauge(`customer360_lookups_${name}`, help, () => state()[of]));
      gauge("answering", "Look-ups of callers and customers that are being answered.", "inside");
      gauge("waiting", "Look-ups that wait for their turn.", "waiting");
      gauge(
        "refused",
        "Look-ups that were turned away since the start, since more were asked than can be answered in time.",
        "refused",
      );
    },
    print: () => registry.metrics(),
    contentType: registry.contentType,
  };
}

function ingestObserver(registry: Registry): IngestObserver {
  const receipts = new Counter({
    name: "customer360_ingest_receipts_total",
    help: "Records that came in, by entry point and receipt.",
    labelNames: ["entry_point", "status"],
    registers: [registry],
  });
  const steps = new Histogram({
    name: "customer360_ingest_step_seconds",
    help: "Time that a batch of records spent in each step of its way in.",
    labelNames: ["step"],
    buckets: [0.0001, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5],
    registers: [registry],
  });
  const redacted = new Counter({
    name: "customer360_ingest_redacted_total",
    help: "Texts out of which a card, account, person's number or the like was taken before they were stored, by kind, kind of record and source.",
    labelNames: ["kind", "record", "source"],
    registers: [registry],
  });
  return {
    redacted: (all) => {
      for (const { kind, record, source } of all) redacted.inc({ kind, record, source });
    },
    step: (step, seconds) => steps.observe({ step }, seconds),
    receipts(entryPoint, answered) {
      for (const [status, number] of Object.entries(countReceipts(answered)))
        receipts.inc({ entry_point: entryPoint, status }, number);
    },
  };
}

function numberGauge(name: string, help: string, number: () => number): Gauge {
  return new Gauge({
    name,
    help,
    registers: [],
    collect() {
      this.set(number());
    },
  });
}

/** All are 0 while nothing is being loaded. */
function loadingGauges(loading: ReportsState["loading"]): Gauge[] {
  const gauge = (name: string, help: string, of: "rows" | "of" | "seconds") =>
    numberGauge(`customer360_reports_loading_${name}`, help, () => loading()?.[of] ?? 0);
  return [
    gauge("rows", "Rows that were read so far, while a process reads all that customers did.", "rows"),
    gauge("rows_expected", "About how many rows there are to read.", "of"),
    gauge("seconds", "How long the reading has been going on.", "seconds"),
  ];
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
