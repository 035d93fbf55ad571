import { expect, test } from "vitest";
import type { Db } from "../../src/db/client.ts";
import { sql } from "../../src/db/sql.ts";
import { findDueCalls, type Since } from "../../src/ingest/matching/match.repository.ts";
import type { IncomingRecord } from "../../src/ingest/receipt.ts";
import { planOf } from "../db/plan.ts";
import { useDatabase } from "../kit/database.ts";
import { useIngest } from "../kit/ingest.ts";

const house = useDatabase();
const ingest = useIngest(house);

const from = new Date(Date.UTC(2026, 9, 1));
const at = (n: number) => new Date(from.getTime() + n * 1_000);

function* eventsOf(count: number): Generator<IncomingRecord> {
  for (let n = 0; n < count; n += 1) {
    const caller = [{ namespace: "phone", value: `+4670174${1_000 + n}` }];
    yield { kind: "call", body: { source: "acd", sourceId: `c${n}`, startedAt: at(n), identities: caller } };
    const visitor = [{ namespace: "cookie", value: `visitor ${n}` }];
    const page = { occurredAt: at(n), kind: "PAGE_VIEW", channel: "WEB", url: `https://shop.example/${n}` };
    yield { kind: "touchpoint", body: { source: "web", sourceId: `p${n}`, ...page, identities: visitor } };
  }
}

/** How PostgreSQL would find the calls that pages and clicks, of a visit too, may have brought. */
async function plan(): Promise<string> {
  const plans: string[] = [];
  const explaining: Db = {
    ...house.db,
    hot: (name) => ({
      rows: async (_, statement) => {
        plans.push(await planOf(house.db.hot(name), statement));
        return [];
      },
      run: (statement) => house.db.run(statement),
    }),
  };
  const since = (key: string): Since[] => [{ key, from, to: at(60) }];
  const visits = since("00000000-0000-0000-0000-000000000001");
  const [pages, clicks] = [since("https://shop.example/1"), since("+46812345671")];
  await findDueCalls(explaining, { customers: [], visitors: visits, visits, pages, clicks });
  return plans.join("\n");
}

test("calls of a page, of a dialled number and without a match are found by the indexes of those", async () => {
  // Visits have no match either, so that many rows seem to wait for one.
  await ingest.accept([...eventsOf(1_000)], { entryPoint: "test" });
  await house.db.run(sql`analyze interactions`);

  const found = await plan();

  expect(found).toContain("using interactions_unmatched");
  expect(found.match(/using interactions_(?:page|dialled)/g)).toEqual([
    ...["using interactions_dialled", "using interactions_page", "using interactions_dialled"],
    ...["using interactions_page", "using interactions_dialled"],
  ]);
  expect(found).not.toMatch(/interactions_(?:time|legs)/);
});
