import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { useApp } from "../../app/use-app.ts";
import { importer } from "../../cli/importing.ts";

const DATA = fileURLToPath(new URL("../../../../shared/data/retail-banking-crm/", import.meta.url));
const FILES = [
  ["clients.csv", "retail-bank-clients"],
  ["crm_events.csv", "retail-bank-contacts"],
  ["crm_call_center_logs.csv", "retail-bank-calls"],
] as const;
const EVER = { from: "2010-01-01T00:00:00Z", to: "2021-01-01T00:00:00Z" };
const WEB = { channels: ["WEB"], sources: ["retail-crm"] };
const CALLS = { kinds: ["CALL"], sources: ["retail-calls"] };

// The sample may not be copied into the project: without it beside the project this file is skipped.
describe.skipIf(!existsSync(DATA))("the retail bank, its call log stitched", () => {
  const house = useApp({ settings: { C360_DEFAULT_REGION: "US" } });

  test("242 customers used the web alone, 21 the phone alone, 249 both; and how often they called", async () => {
    const { core } = house.app;
    const run = importer(house, {
      ...core.ingest,
      refresh: core.refreshRules,
    });
    for (const [file, mapping] of FILES) await run(DATA + file, mapping);

    const sets = [
      { name: "web", matcher: WEB },
      { name: "phone", matcher: CALLS },
    ];
    const overlap = await report("overlap", { period: EVER, sets });
    const histogram = await report("histogram", { period: EVER, metric: CALLS });

    expect(overlap.regions).toEqual([
      { sets: ["web"], count: 242 },
      { sets: ["phone"], count: 21 },
      { sets: ["web", "phone"], count: 249 },
    ]);
    expect(overlap).toMatchObject({ union: 512, unidentified: 0 });
    expect(histogram.buckets.slice(1).map((bucket: Bucket) => [bucket.label, bucket.customers])).toEqual([
      ["1", 164],
      ["2", 69],
      ["3", 32],
      ["4", 3],
      ["5", 1],
      ["6+", 1],
    ]);
    expect(histogram).toMatchObject({ total: 421, unidentified: 0 });

    const callers = await report("aggregate", {
      period: EVER,
      of: "CUSTOMERS",
      matcher: CALLS,
      groupBy: [{ interval: "YEAR" }],
      measures: [{ measure: "SUM", number: "TOUCHPOINTS" }],
    });
    const calls = await report("aggregate", {
      period: EVER,
      of: "INTERACTIONS",
      matcher: CALLS,
      groupBy: [{ dimension: "SOURCE" }],
    });

    expect(callers.total).toMatchObject({ units: 270, figures: [{ value: 421 }] });
    expect(calls.rows).toMatchObject([{ group: [{ value: "retail-calls" }], units: 421 }]);
  });

  interface Bucket {
    label: string;
    customers: number;
  }

  async function report(name: string, input: object) {
    const reply = await house.post(`/v1/reports/${name}`, input);
    return (await reply.json()) as Record<string, never> & { buckets: Bucket[] };
  }
});
