import { expect, test, vi } from "vitest";
import { sql } from "../../src/db/sql.ts";
import { useApp } from "../app/use-app.ts";
import { given } from "../reports/kit/world.ts";

const house = useApp();

const HISTOGRAM = `query ($input: HistogramInput!) { histogram(input: $input) { buckets { customers } } }`;
const input = { period: { from: "2026-11-01T00:00:00Z", to: "2026-12-01T00:00:00Z" }, metric: { kinds: ["CALL"] } };

const readyz = async () => {
  const reply = await fetch(`${house.url}/readyz`);
  return { code: reply.status, ...((await reply.json()) as { loading?: { rows: number; of: number } }) };
};
const metric = async (name: string) => {
  const text = await (await fetch(`${house.url}/metrics`)).text();
  return Number(new RegExp(`^customer360_reports_loading_${name} (\\S+)$`, "m").exec(text)?.[1]);
};

test("while all is read that reports are about, a report waits, and the server is ready and says how far it is", async () => {
  await given(house.db, { ann: "page /home 09:00 > call 09:10", bob: "call 10:00" });
  let release = () => {};
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  // Whoever reads customer records waits until this ends; they are read last.
  const holding = house.db.transaction(async (tx) => {
    await tx.run(sql`lock table customer_records in access exclusive mode`);
    await held;
  });

  const report = house.ask(HISTOGRAM, { input });
  // Until then rows may come in between the one answer and the other.
  const { during, gauges, told } = await vi
    .waitFor(async () => {
      const during = await readyz();
      const gauges = {
        rows: await metric("rows"),
        of: await metric("rows_expected"),
        seconds: await metric("seconds"),
      };
      expect(during.loading?.rows).toBeGreaterThanOrEqual(3);
      expect(gauges).toMatchObject({ rows: during.loading!.rows, of: during.loading!.of });
      return { during, gauges, told: await house.ask("{ reportsLoading { rows expectedRows seconds } }") };
    }, 10_000)
    .finally(release);
  await holding;
  const { data, errors } = await report;
  const after = await readyz();

  const { rows, of } = during.loading!;
  expect(during).toMatchObject({ code: 200, status: "ok", loading: { seconds: expect.any(Number) } });
  expect(of).toBeGreaterThanOrEqual(rows);
  expect(gauges.seconds).toBeGreaterThan(0);
  expect(told.data.reportsLoading).toEqual({ rows, expectedRows: of, seconds: expect.any(Number) });
  expect(errors).toBeUndefined();
  expect(data.histogram.buckets.length).toBeGreaterThan(0);
  expect(after.loading).toBeUndefined();
  expect([await metric("rows"), await metric("seconds")]).toEqual([0, 0]);
});
