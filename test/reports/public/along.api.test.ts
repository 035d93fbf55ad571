import { expect, test } from "vitest";
import { useApp } from "../../app/use-app.ts";
import { PERIOD, rounded, storyOf } from "./story.ts";

const house = useApp();
const minute = (i: number) => new Date(Date.UTC(2026, 10, 20, 12, i));

interface Kpis {
  rows: { group: { dimension: string; allocation: string; value: string | null }[]; facet: string; calls: number }[];
}

test("key figures by the last page before the call are one question", async () => {
  const { tell, ask, plainOf } = storyOf(house, "last page");
  await tell([
    [
      { at: minute(0), page: "/home" },
      { at: minute(1), page: "/billing" },
      { at: minute(2), call: "bill" },
      { at: minute(9), call: "bill" },
    ],
    [
      { at: minute(0), page: "/billing" },
      { at: minute(50), call: "late" },
    ],
  ]);

  const { rows } = await ask<Kpis>("contact-centre-kpis", { groupByCarried: [{ dimension: "PAGE" }] });

  expect(
    rows.map(({ group: [last], calls }) => [last!.allocation, last!.value && plainOf(last!.value), calls]),
  ).toEqual([
    ["MOST_RECENT", "/billing", 2],
    ["MOST_RECENT", null, 1],
  ]);
});

test("facets are the rows of a report, and its total counts each conversion once", async () => {
  const { tell, credits, ask, nameOf } = storyOf(house, "facets");
  await tell([
    [
      { at: minute(0), page: "/billing/pay" },
      { at: minute(1), page: "/help" },
      { at: minute(2), call: "bill" },
    ],
  ]);
  const facets = [
    { name: "billing", matcher: { namePattern: "*/billing*" } },
    { name: "any page", matcher: { kinds: ["PAGE_VIEW"] } },
    { name: "help last", sequence: { keep: "ONLY_AFTER", steps: [{ match: { names: [nameOf("/help")] } }] } },
  ];

  // Names of facets are their own; the story takes a tag's length off each.
  const shared = await credits(
    { kind: "LINEAR" },
    { facets: facets.map((one) => ({ ...one, name: nameOf(one.name) })) },
  );
  const report = await ask<{ models: { attributed: number }[]; total: number }>("attribution", {
    models: [{ kind: "LINEAR" }],
    facets,
  });
  const kpis = await ask<Kpis>("contact-centre-kpis", { facets });

  expect(rounded(shared)).toEqual({ billing: 0.5, "any page": 1, "help last": 0.5 });
  expect(report.models[0]!.attributed).toBeCloseTo(report.total);
  expect(kpis.rows.map(({ facet, calls }) => [facet, calls])).toEqual([["help last", 1]]);
});

test.each<[string, string, object]>([
  [
    "attribution",
    "Count by `carried`, by `facets` or by `attribute`: leave the others out.",
    { models: [{ kind: "LINEAR" }], facets: [], carried: { dimension: "PAGE" } },
  ],
  ["attribution", "Name 1 to 10 `facets`; there are 0.", { models: [{ kind: "LINEAR" }], facets: [] }],
  [
    "fallout",
    "a name of its own",
    {
      steps: [
        { name: "a", anyOf: [{}] },
        { name: "b", anyOf: [{}] },
      ],
      facets: [{ name: "" }],
    },
  ],
  ["call-propensity", 'Give the facet "x" a `matcher` or a `sequence`.', { facets: [{ name: "x" }] }],
  [
    "attribution",
    "ALGORITHMIC and MARKOV learn from paths of one value after the other",
    { models: [{ kind: "MARKOV" }], carried: { dimension: "PAGE", allocation: "ALL" } },
  ],
  [
    "flow",
    "There is room for one value of an event: carry any but ALL.",
    { anchor: { matcher: {}, carried: { dimension: "PAGE", allocation: "ALL" } } },
  ],
  [
    "channel-performance",
    "LAST_KNOWN is about whole containers: leave out `minutes`",
    { carried: { dimension: "PAGE", allocation: "LAST_KNOWN", expiry: { minutes: 5 } } },
  ],
  [
    "contact-centre-kpis",
    "A leg of contact has no PAGE of its own: carry it by `groupByCarried`",
    { groupBy: ["PAGE"] },
  ],
])("%s says %s", async (name, message, input) => {
  const reply = await house.post(`/v1/reports/${name}`, { period: PERIOD, ...input });

  expect(reply.status).toBe(400);
  expect(await reply.text()).toContain(JSON.stringify(message).slice(1, -1));
});
