import { expect, test } from "vitest";
import { sql } from "../../../src/db/sql.ts";
import { ADMIN_KEY, useApp } from "../../app/use-app.ts";
import { read } from "../../kit/read.ts";

const house = useApp();
const REPORT = {
  period: { from: "2026-11-20T00:00:00Z", to: "2026-11-21T00:00:00Z" },
  sets: [
    { name: "web", matcher: { channels: ["WEB"] } },
    { name: "call", matcher: { channels: ["VOICE"] } },
  ],
};
const callers = () => ({
  overlap: { report: REPORT, cell: { figure: "MEMBERS", sets: ["call"] } },
});

async function called(custid: string): Promise<void> {
  await house.post("/v1/interactions", {
    source: "acd",
    sourceId: `c${custid}`,
    channelType: "VOICE",
    sessionStartTime: "2026-11-20T09:00:00Z",
    identities: [{ namespace: "custid", value: custid }],
  });
}

const idOf = async (custid: string): Promise<string> => {
  const { data } = await house.ask(`{ customer(identity: { namespace: "custid", value: "${custid}" }) { id } }`);
  return data.customer.id;
};

test("as CSV and over REST the same list comes page by page, to whom it may, and leaves the same trace", async () => {
  for (const custid of ["1", "2", "3"]) await called(custid);
  const { agent } = await house.keys();
  const ids = (await Promise.all(["1", "2", "3"].map(idOf))).toSorted();
  const input = encodeURIComponent(JSON.stringify(callers()));
  const get = (address: string, headers: Record<string, string> = {}, key = ADMIN_KEY) =>
    fetch(`${house.url}${address}`, { headers: { authorization: `Bearer ${key}`, ...headers } });
  const asCsv = { accept: "text/csv" };

  const all = await get(`/v1/reports/people?input=${input}`);
  const csv = await get(`/v1/reports/people?input=${input}&first=2`, asCsv);
  const next = /^<(.*)>; rel="next"$/.exec(csv.headers.get("link")!)![1]!;
  const rest = await get(next, asCsv);
  const posted = await house.post("/v1/reports/people?first=1", callers());

  expect(await all.json()).toMatchObject({
    customers: 3,
    figure: 3,
    nodes: ids.map((customerId) => ({ customerId, share: 1 })),
  });
  expect(await csv.text()).toBe(
    `customerId,share\r\n${ids
      .slice(0, 2)
      .map((id) => `${id},1\r\n`)
      .join("")}`,
  );
  expect(await rest.text()).toBe(`customerId,share\r\n${ids[2]},1\r\n`);
  expect(rest.headers.get("link")).toBeNull();
  expect(await posted.json()).toMatchObject({ nodes: [{ customerId: ids[0] }], pageInfo: { hasNextPage: true } });
  expect((await get(`/v1/reports/people?input=${input}`, {}, agent)).status).toBe(403);
  expect((await get(`/v1/reports/people?input=${input}&first=x`)).status).toBe(400);
  await expect.poll(() => read(house.db, sql`select 1 as is from audit where action = 'people.read'`)).toHaveLength(4);
});
