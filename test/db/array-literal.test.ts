import { expect, test } from "vitest";
import { arrayLiteral } from "../../src/db/array-literal.ts";

test.each([
  [[], "{}"],
  [[null, undefined, "NULL"], '{NULL,NULL,"NULL"}'],
  [["", " ", "a,b", "{c}"], '{""," ","a,b","{c}"}'],
  [['a "b"', "c\\d", "e\nf"], `{"a \\"b\\"","c\\\\d","e\nf"}`],
  [[1, 2.5, true], '{"1","2.5","true"}'],
])("%j reads as %s", (items, text) => {
  expect(arrayLiteral(items)).toBe(text);
});

test.each([[[new Date(0)]], [[["a"]]], [[Buffer.from("a")]], [[{ a: 1 }]]])("%j is left to the driver", (items) => {
  expect(arrayLiteral(items)).toBeNull();
});
