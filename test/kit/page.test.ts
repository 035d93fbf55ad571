import { expect, test } from "vitest";
import { connectionOf, cursorOf, isId, isInstant, MAX_TOTAL, pageOf } from "../../src/kit/page.ts";

const SHAPE = [isInstant, isId];
const ID = "00000000-0000-8000-8000-000000000001";

test("reads back the place that a cursor was made of", () => {
  const place = [Date.UTC(2026, 10, 20), ID];

  expect(pageOf({ first: 5, after: cursorOf(place) }, SHAPE)).toEqual({
    limit: 5,
    isBackward: false,
    after: place,
    before: null,
  });
  expect(pageOf({ last: 1 }, SHAPE)).toMatchObject({ limit: 1, isBackward: true });
  expect(pageOf({}, SHAPE).limit).toBe(20);
});

test.each([
  [{ first: 1.5 }],
  [{ first: -1 }],
  [{ first: 101 }],
  [{ first: 1, last: 1 }],
  [{ after: cursorOf([1, 2]) }],
  [{ after: cursorOf([1, ID, 3]) }],
  [{ before: cursorOf([Number.MAX_SAFE_INTEGER, ID]) }],
  [{ before: "null" }],
])("refuses %j", (asked) => {
  expect(() => pageOf(asked, SHAPE)).toThrow(/`(first|last|after|before)`/);
});

test("turns a page that was read backwards round, and says on which side there is more", async () => {
  const page = pageOf({ last: 2 }, SHAPE);

  const { nodes, edges, pageInfo, totalCount } = connectionOf(page, {
    rows: [3, 2, 1],
    placeOf: (row) => [row],
    count: async () => MAX_TOTAL + 1,
  });

  expect(nodes).toEqual([2, 3]);
  expect(edges().map(({ cursor }) => cursor)).toEqual([cursorOf([2]), cursorOf([3])]);
  expect(pageInfo()).toMatchObject({ hasPreviousPage: true, hasNextPage: false, startCursor: cursorOf([2]) });
  expect(await totalCount()).toBeNull();
});
