import { expect, test } from "vitest";
import { canFollow } from "../../src/journeys/changes.ts";

const last = {
  server: "a",
  snapshot: "5:9:6",
  stored: 7,
  wholeSince: null,
  knownSince: null,
  archived: [],
  at: new Date(0),
};
const now = {
  server: "a",
  snapshot: "8:12:9",
  stored: 10,
  floor: 7,
  wholeSince: null,
  knownSince: null,
  archived: [],
  at: new Date(0),
};

test.each([
  ["the same server still tells", last, now, true],
  ["nobody looked before", null, now, false],
  ["another server answers", last, { ...now, server: "b" }, false],
  ["changes after a snapshot that the last look could not see are deleted", last, { ...now, floor: 8 }, false],
  ["nothing was ever deleted", { ...last, stored: 0 }, { ...now, stored: 0, floor: 0 }, true],
])("whether changes can be followed when %s", (_, seen, look, answer) => {
  expect(canFollow(seen, look)).toBe(answer);
});
