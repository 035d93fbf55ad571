import { expect, test } from "vitest";
import { keptWithout } from "../../src/ingest/forgetting/kept-bodies.ts";
import { mentionsOf, saysName } from "../../src/ingest/forgetting/mentions.ts";

const mentions = mentionsOf([
  { namespace: "phone", value: "+46701234567", display: null },
  { namespace: "email", value: "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b", display: "ann.stone@example.com" },
  { namespace: "custid@crm", value: "47", display: null },
]);

test.each([
  "Ring +46 70-123 45 67 after five",
  "070 1234567",
  "(0)70.123.45.67",
  "mailto:Ann.Stone@Example.com?subject=hello",
  "https://a.se/account?mail=ann.stone%40example.com",
  { identities: [{ namespace: "custid", value: "47" }] },
  { custId: 47 },
  { 9: { deep: ["9F86D081884C7D659A2FEAA0C55AD015A3BF4F1B"] } },
  { "ann.stone@example.com": true },
])("finds them in %j", (written) => {
  expect(mentions(written)).toBe(true);
});

test.each([
  "Ring +46 70-123 45 68",
  "johann.stone@example.com",
  "47 boxes of tea",
  { seconds: 47 },
  "order 1234567",
  "https://a.se/%zz",
  null,
])("finds nobody in %j", (written) => {
  expect(mentions(written)).toBe(false);
});

const [ann, bob] = ["ann", "bob"];
const without = (body: object) => keptWithout(body, { ids: new Set([ann]), mentions });

test("an earlier version of a record goes when it was about the forgotten, and else loses what it showed of them", () => {
  const row = { subject_id: bob };
  const sightings = [{ identity_id: ann }, { identity_id: "cookie" }];

  expect(without({ row: { subject_id: ann }, sightings })).toBeNull();
  expect(without({ row, sightings, visit: { subject_id: ann } })).toEqual({
    row,
    sightings: [{ identity_id: "cookie" }],
    visit: null,
  });
});

test("what others' records stated of the forgotten goes, and what else they stated stays", () => {
  const hers = { namespace: "custid", value: "47" };
  const his = { namespace: "custid", value: "48" };
  const statement = { own: { id: "record" }, named: [{ id: ann }, { id: bob }], withdrawn: [{ id: ann }] };

  const kept = without({ statement: { ...statement, body: { region: "North", identities: [hers, his] } } });

  expect(kept).toEqual({
    statement: {
      own: { id: "record" },
      named: [{ id: bob }],
      withdrawn: [],
      body: { region: "North", identities: [his] },
    },
  });
});

test("a statement that named nobody else says nothing of identities, and one that took all back still does", () => {
  const hers = { namespace: "custid", value: "47" };
  const kept = (body: object) => without({ statement: { own: { id: "record" }, named: [], withdrawn: [], body } });
  const said = (body: object) => ({ statement: { own: { id: "record" }, named: [], withdrawn: [], body } });

  expect(kept({ identities: [hers] })).toEqual(said({}));
  expect(kept({ identities: [] })).toEqual(said({ identities: [] }));
  expect(kept({ identities: null })).toEqual(said({ identities: null }));
});

test("what came too late to be shown goes when it names nobody else", () => {
  const hers = { namespace: "phone", value: "070-1234567" };

  expect(without({ identities: [hers], region: "North" })).toBeNull();
  expect(without({ identities: [hers, { namespace: "custid", value: "48" }] })).toMatchObject({
    identities: [{ namespace: "custid", value: "48" }],
  });
});

test("a reason says a name by any word of it, and a short id as a word of its own", () => {
  const held = { names: ["Ann Stone-Åberg", "A"], ids: ["47", "ann-4711"] };

  for (const text of ["as mrs STONE asked", "Åberg, by letter", "customer 47 asked", "#47"])
    expect(saysName(text, held)).toBe(true);
  for (const text of ["she asked to", "article 17, request 471", "a letter, annually"])
    expect(saysName(text, held)).toBe(false);
});
