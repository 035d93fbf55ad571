import { expect, test } from "vitest";
import { sql } from "../../src/db/sql.ts";
import { useApp } from "../app/use-app.ts";

const house = useApp({ settings: { C360_REPORTS_MEMORY_MB: "1" } });

const PEOPLE = 40;

/** Page views of a month, in turns of forty people: 6,000 take 0.4 of a megabyte at most. */
async function layPageViews(month: string, count: number, seconds = 60): Promise<void> {
  await house.db.run(sql`
    insert into identities (id, namespace, value, kind, customer_id, born_at)
    select md5('identity' || n)::uuid, 'custid', n::text, 'ANCHOR', md5('customer' || n)::uuid, '2026-01-01'
    from generate_series(0, ${PEOPLE - 1}::int) n
    on conflict do nothing
  `);
  await house.db.run(sql`
    insert into touchpoints (
      subject_id, occurred_at, id, ingested_at, customer_id, interaction_id, source, channel, kind
    )
    select
      md5('identity' || n % ${PEOPLE}::int)::uuid, ${month}::timestamptz + make_interval(secs => n * ${seconds}::int), gen_random_uuid(), now(),
      md5('customer' || n % ${PEOPLE}::int)::uuid, md5('visit' || n)::uuid, 'web', 'WEB', 'PAGE_VIEW'
    from generate_series(0, ${count - 1}::int) n
  `);
  await house.db.run(sql`insert into customer_changes (customers) select array_agg(id) from (
    select distinct customer_id as id from touchpoints
  ) c`);
}

const HISTOGRAM = `query ($input: HistogramInput!) { histogram(input: $input) { total customers } }`;

function histogram(from: string, to: string, metric: object = { kinds: ["PAGE_VIEW"] }) {
  return house.ask(HISTOGRAM, { input: { period: { from, to }, metric } });
}

test("what does not fit into memory is left out by month, and a question that needs it is told from when on it can ask", async () => {
  await layPageViews("2026-09-01T00:00:00Z", 6_000);
  await layPageViews("2026-10-01T00:00:00Z", 6_000);
  await layPageViews("2026-11-01T00:00:00Z", 6_000);

  const november = await histogram("2026-11-01T00:00:00Z", "2026-12-01T00:00:00Z");
  const october = await histogram("2026-10-02T01:00:00Z", "2026-11-01T00:00:00Z");
  const edge = await histogram("2026-10-01T00:00:00Z", "2026-11-01T00:00:00Z");
  const september = await histogram("2026-09-01T00:00:00Z", "2026-10-01T00:00:00Z");
  const stages = await histogram("2026-11-01T00:00:00Z", "2026-12-01T00:00:00Z", { stages: ["EARLY"] });
  const period = "from=2026-09-01T00:00:00Z&to=2026-10-01T00:00:00Z";
  const { admin } = await house.keys();
  const rest = await fetch(`${house.url}/v1/reports/histogram?${period}`, {
    headers: { authorization: `Bearer ${admin}` },
  });

  expect(november.data.histogram).toEqual({ total: 6_000, customers: PEOPLE });
  expect(october.data.histogram).toEqual({ total: 6_000 - 25 * 60, customers: PEOPLE });
  expect([edge, september].map(({ errors }) => /begin (\d+) days? later/.exec(errors![0]!.message)![1])).toEqual([
    "2",
    "32",
  ]);
  for (const { errors } of [edge, september]) {
    expect(errors![0]!.extensions.code).toBe("BAD_INPUT");
    expect(errors![0]!.message).toMatch(/what happened from 2026-10-01T00:00:00.000Z on.*C360_REPORTS_MEMORY_MB/);
  }
  expect(stages.errors![0]!.message).toMatch(/all that customers did: leave out stages.*C360_REPORTS_MEMORY_MB/);
  expect(rest.status).toBe(400);
});

test("a month that fitted is left out once newer ones have taken its room, and late records of it with it", async () => {
  await layPageViews("2026-10-01T00:00:00Z", 6_000);
  const before = await histogram("2026-10-02T01:00:00Z", "2026-11-01T00:00:00Z");
  // Columns of such a page view take 14 bytes.
  await layPageViews("2026-11-01T00:00:00Z", 90_000, 10);
  await layPageViews("2026-12-01T00:00:00Z", 6_000);

  const after = await histogram("2026-10-02T01:00:00Z", "2026-11-01T00:00:00Z");
  await layPageViews("2026-10-05T00:00:30Z", 100);
  const december = await histogram("2026-12-03T00:00:00Z", "2027-01-01T00:00:00Z");

  expect(before.data.histogram.total).toBe(6_000 - 25 * 60);
  expect(after.errors![0]!.message).toMatch(/from 2026-12-01T00:00:00.000Z on/);
  expect(december.data.histogram.total).toBe(6_000 - 48 * 60);
});
