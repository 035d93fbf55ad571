import { expect, test } from "vitest";
import { useApp } from "../../app/use-app.ts";
import { type Moment, PERIOD, rounded, storyOf } from "./story.ts";

const house = useApp();

/** A path of pages, a minute apart, that ends in a call. */
function journey(pages: readonly string[]): Moment[] {
  const minute = (i: number) => new Date(Date.UTC(2026, 10, 20, 12, i));
  return [...pages.map((page, i) => ({ at: minute(i), page })), { at: minute(pages.length), call: "any" }];
}

test.each([
  ["ABCDEF", "EVERYONE", "ABCDEF"],
  ["ABCDEF", "ONLY_BEFORE", "AB"],
  ["ABCDEF", "ONLY_AFTER", "DEF"],
  ["ABCDBCDE", "ONLY_BEFORE", "ABCDB"],
  ["ABCDBCDE", "ONLY_AFTER", "DBCDE"],
])("of the pages %s before a call, those of B then D, %s, share it: %s", async (pages, keep, kept) => {
  const { tell, credits, nameOf } = storyOf(house, `gv8 ${pages} ${keep}`);
  await tell([journey([...pages]), journey([..."DCB"])]);
  const steps = ["B", "D"].map((page) => ({ match: { kinds: ["PAGE_VIEW"], names: [nameOf(page)] } }));

  const shared = await credits(
    { kind: "LINEAR" },
    { container: "CUSTOMER", touches: { kinds: ["PAGE_VIEW"], sequence: { steps, keep } } },
  );

  const share = (page: string) => [...kept].filter((one) => one === page).length / kept.length;
  const expected = Object.fromEntries([...new Set(kept)].map((page) => [page, share(page)]));
  expect(rounded(shared)).toEqual(rounded({ ...expected, EXCLUDED_BY_FILTER: 1 }));
});

test("a sequence that cannot be is refused with what to change", async () => {
  const matcher = { sequence: { steps: [{ match: {}, within: 5 }] } };

  const reply = await house.post("/v1/reports/histogram", { period: PERIOD, metric: matcher });

  expect(reply.status).toBe(400);
  expect(await reply.text()).toContain("No step comes before the first one: leave out its `within`.");
});
