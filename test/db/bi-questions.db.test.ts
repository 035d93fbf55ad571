import { beforeEach, expect, test } from "vitest";
import { sql } from "../../src/db/sql.ts";
import { useDatabase } from "../kit/database.ts";
import { useIngest } from "../kit/ingest.ts";
import { read } from "../kit/read.ts";

// What analysts ask, in plain SQL over the views of `bi` and nothing else: what Power BI, Tableau and QuickSight send.

const house = useDatabase();
const ingest = useIngest(house);

const at = (time: string) => `2026-11-10T${time}:00Z`;
let number = 0;

const page = (ecid: string, time: string, name: string, more = {}) => ({
  kind: "touchpoint" as const,
  body: {
    source: "web",
    sourceId: String(++number),
    identities: [{ namespace: "ecid", value: ecid }],
    occurredAt: at(time),
    kind: "PAGE_VIEW",
    channel: "WEB",
    name,
    sessionId: `${ecid} ${time.slice(0, 2)}`,
    ...more,
  },
});
const call = (ecid: string | null, time: string, callReason: string, more = {}) => ({
  kind: "call" as const,
  body: {
    source: "cti",
    sourceId: String(++number),
    identities: ecid === null ? [] : [{ namespace: "ecid", value: ecid }],
    startedAt: at(time),
    durationSeconds: 60,
    callReason,
    ...more,
  },
});

beforeEach(async () => {
  const ad = { campaign: "spring", medium: "cpc", section: "shop" };
  await ingest.accept(
    [
      page("ann", "09:30", "Prices", ad),
      page("ann", "09:45", "Contact"),
      call("ann", "10:00", "buy", { revenue: { amount: "120.50", currency: "EUR" }, dialledNumber: "+46850000000" }),
      page("bob", "12:17", "Invoice"),
      call("bob", "12:20", "billing", { cost: { amount: "4.10", currency: "EUR" }, callCentreId: "north" }),
      call("bob", "13:30", "billing", { outcome: "ABANDONED" }),
      page("cat", "12:17", "Prices", { campaign: "spring", medium: "mail" }),
      call("cat", "17:05", "buy"),
      call(null, "18:00", "wrong number"),
      page("dan", "08:00", "Help"),
    ],
    { entryPoint: "test" },
  );
});

test("which pages lead to calls, by reason: the last page of the half hour before", async () => {
  const rows = await read(
    house.db,
    sql`
    select p."Name" as page, c."Name" as reason, count(*)::int as calls
    from bi.touchpoints c
    cross join lateral (
      select p."Name"
      from bi.touchpoints p
      where p."CustomerKey" = c."CustomerKey"
      and p."Kind" = 'PAGE_VIEW'
      and p."OccurredAt" between c."OccurredAt" - interval '30 minutes' and c."OccurredAt"
      order by p."OccurredAt" desc
      limit 1
    ) p
    where c."Kind" = 'CALL'
    group by p."Name", c."Name"
    order by p."Name"
  `,
  );

  expect(rows).toEqual([
    { page: "Contact", reason: "buy", calls: 1 },
    { page: "Invoice", reason: "billing", calls: 1 },
  ]);
});

test("which pages lead to calls: every page of the half hour before, halved each quarter of an hour", async () => {
  const rows = await read(
    house.db,
    sql`
    with led as (
      select
        c."InteractionKey" as call, p."Name" as page,
        power(0.5, extract(epoch from c."OccurredAt" - p."OccurredAt") / 900) as weight
      from bi.touchpoints c
      join bi.touchpoints p
        on p."CustomerKey" = c."CustomerKey"
        and p."Kind" = 'PAGE_VIEW'
        and p."OccurredAt" between c."OccurredAt" - interval '30 minutes' and c."OccurredAt"
      where c."Kind" = 'CALL'
    )
    select l.page, round(sum(l.weight / t.weight), 2)::float8 as calls
    from led l
    join (select call, sum(weight) as weight from led group by call) t on t.call = l.call
    group by l.page
    order by l.page
  `,
  );

  expect(rows).toEqual([
    { page: "Contact", calls: 0.67 },
    { page: "Invoice", calls: 1 },
    { page: "Prices", calls: 0.33 },
  ]);
});

test("how many customers were on the web, called, or both", async () => {
  const rows = await read(
    house.db,
    sql`
    select c.web, c.called, count(*)::int as customers
    from (
      select bool_or("Channel" = 'WEB') as web, bool_or("Kind" = 'CALL') as called
      from bi.touchpoints
      group by "CustomerKey"
    ) c
    group by c.web, c.called
    order by c.web, c.called
  `,
  );

  expect(rows).toEqual([
    { web: false, called: true, customers: 1 },
    { web: true, called: false, customers: 1 },
    { web: true, called: true, customers: 3 },
  ]);
});

test("which calls came out of a web session, what they brought, and why the others did not", async () => {
  const rows = await read(
    house.db,
    sql`
    select
      "MatchStatus" as status, "MatchPage" as page, "CallReason" as reason, "TrackingNumber" as number,
      "Revenue"::text as revenue, "Cost"::text as cost, "CallCentreId" as centre, "Outcome" as outcome, "Source" as source
    from bi.jar
    where "ChannelType" = 'VOICE'
    order by "SessionStartTime"
  `,
  );

  const nothing = { page: null, number: null, revenue: null, cost: null, centre: null, outcome: null, source: "cti" };
  expect(rows).toEqual([
    { ...nothing, status: "MATCHED", page: "Contact", reason: "buy", number: "+46850000000", revenue: "120.50" },
    { ...nothing, status: "MATCHED", page: "Invoice", reason: "billing", cost: "4.10", centre: "north" },
    { ...nothing, status: "OUT_OF_SESSION", reason: "billing", outcome: "ABANDONED" },
    { ...nothing, status: "OUT_OF_SESSION", reason: "buy" },
    { ...nothing, status: "NO_IDENTITY", reason: "wrong number" },
  ]);
});

test("which campaigns brought calls: the one of the visit that a call came out of", async () => {
  const rows = await read(
    house.db,
    sql`
    select v."Campaign" as campaign, v."Medium" as medium, count(*)::int as calls, sum(c."Revenue")::text as revenue
    from bi.jar c
    cross join lateral (
      select p."Campaign", p."Medium"
      from bi.touchpoints p
      where p."CustomerKey" = c."CustomerKey"
      and p."Campaign" is not null
      and p."OccurredAt" between c."SessionStartTime" - interval '30 minutes' and c."SessionStartTime"
      order by p."OccurredAt" desc
      limit 1
    ) v
    where c."ChannelType" = 'VOICE' and c."MatchStatus" = 'MATCHED'
    group by v."Campaign", v."Medium"
  `,
  );

  expect(rows).toEqual([{ campaign: "spring", medium: "cpc", calls: 1, revenue: "120.50" }]);
});

test("a touchpoint leads to its interaction, and both to the customer", async () => {
  const rows = await read(
    house.db,
    sql`
    select t."Name" as page, j."SessionId" as session
    from bi.touchpoints t
    join bi.jar j on j."InteractionKey" = t."InteractionKey" and j."CustomerKey" = t."CustomerKey"
    where t."Section" = 'shop'
  `,
  );

  expect(rows).toEqual([{ page: "Prices", session: "ann 09" }]);
});

test("what orders brought: one that was sent again under another id adds up once, as it was stated last", async () => {
  const order = (time: string, amount: string, transactionId: string, more = {}) =>
    page("ann", time, "Order", {
      source: "shop",
      kind: "TRANSACTION",
      value: { amount, currency: "EUR" },
      transactionId,
      ...more,
    });
  await ingest.accept(
    [
      order("11:00", "40", "o-1"),
      order("11:01", "45", "o-1"),
      order("11:02", "7", "o-2"),
      // Another shop's o-1 is another order.
      order("11:03", "100", "o-1", { source: "outlet" }),
    ],
    { entryPoint: "test" },
  );

  const [sums] = await read(
    house.db,
    sql`
    select sum("Value")::text as rows, sum("ValueOnce")::text as orders
    from bi.touchpoints
    where "Kind" = 'TRANSACTION'
  `,
  );

  expect(sums).toEqual({ rows: "192", orders: "152" });
});
