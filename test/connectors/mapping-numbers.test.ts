import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { draws } from "../kit/draws.ts";
import { adapt } from "./mapping-rows.ts";

type Mark = "." | "," | null;

/** What a cell is as an amount: its digits, or the message of its rejection. */
function amountOf(cell: unknown, mark: Mark): unknown {
  const top = mark === null ? "" : `decimal: "${mark}"`;
  const [record] = adapt({ id: "1", a: cell }, { fields: "cost: { column: a, currency: SEK }", top });
  if (record?.rejected) return `${record.rejected.reason}: ${record.rejected.message}`;
  return (record!.body.cost as { amount: unknown }).amount;
}

const TWO = /^BAD_VALUE: Column "a" holds a number that can be read in two ways.*decimal: "\."/;
const COMMA = /^BAD_VALUE: Column "a" holds a number with a decimal comma.*decimal: ","/;
const NO_POINT = /does not hold a number such as 12\.50/;
const NO_COMMA = /does not hold a number such as 12,50/;

describe("a point and a comma mean what the mapping says", () => {
  test.each<[cell: string, unsaid: string | RegExp, point: string | RegExp, comma: string | RegExp]>([
    ["12.50", "12.50", "12.50", NO_COMMA],
    ["12,50", COMMA, NO_POINT, "12.50"],
    ["1.234", TWO, "1.234", "1234"],
    ["1,234", TWO, "1234", "1.234"],
    ["-1,234", TWO, "-1234", "-1.234"],
    ["999.999", TWO, "999.999", "999999"],
    ["0.123", "0.123", "0.123", NO_COMMA],
    ["0,123", COMMA, NO_POINT, "0.123"],
    ["1234.567", "1234.567", "1234.567", NO_COMMA],
    ["1234,567", COMMA, NO_POINT, "1234.567"],
    ["1,234.50", "1234.50", "1234.50", NO_COMMA],
    ["1.234,50", COMMA, NO_POINT, "1234.50"],
    ["1,234,567", "1234567", "1234567", NO_COMMA],
    ["1.234.567", COMMA, NO_POINT, "1234567"],
    ["12,34,567.5", "1234567.5", "1234567.5", NO_COMMA],
    ["1 234,50", COMMA, NO_POINT, "1234.50"],
    ["1\u00a0234\u202f567", "1234567", "1234567", "1234567"],
    ["1\u2019234.5", "1234.5", "1234.5", NO_COMMA],
    ["1'234'567", "1234567", "1234567", "1234567"],
    [".5", "0.5", "0.5", NO_COMMA],
    ["-,5", COMMA, NO_POINT, "-0.5"],
    ["+12", "12", "12", "12"],
    ["\u221212.5", "-12.5", "-12.5", NO_COMMA],
    ["2.4019999999999997", "2.4019999999999997", "2.4019999999999997", NO_COMMA],
    ["5.551115123125783e-17", "5.551115123125783e-17", "5.551115123125783e-17", NO_COMMA],
    ["12,34.5", NO_POINT, NO_POINT, NO_COMMA],
    ["1,2345", COMMA, NO_POINT, "1.2345"],
    ["12.5.0", NO_POINT, NO_POINT, NO_COMMA],
    ["1,23,4", NO_POINT, NO_POINT, NO_COMMA],
    ["12.50 kr", NO_POINT, NO_POINT, NO_COMMA],
    ["1e3", NO_POINT, NO_POINT, NO_COMMA],
    ["(12.50)", NO_POINT, NO_POINT, NO_COMMA],
    ["12.50-", NO_POINT, NO_POINT, NO_COMMA],
    ["\u0661\u0662", NO_POINT, NO_POINT, NO_COMMA],
  ])("%s", (cell, ...expected) => {
    for (const [at, mark] of ([null, ".", ","] as const).entries()) {
      const read = amountOf(cell, mark);
      if (typeof expected[at] === "string") expect([mark, read]).toEqual([mark, expected[at]]);
      else expect(`${mark} ${read}`).toMatch(new RegExp(expected[at]!.source.replace("^", "")));
    }
  });

  test("a number that is no text is itself", () => {
    expect([amountOf(1.234, null), amountOf(1.234, ",")]).toEqual([1.234, 1.234]);
  });

  test("a value may say it otherwise than its file", () => {
    const [record] = adapt(
      { id: "1", a: "1.234", b: "1,5" },
      { fields: 'cost: { column: a, currency: SEK, decimal: "." }, csatScore: b', top: 'decimal: ","' },
    );

    expect(record?.body).toMatchObject({ cost: { amount: "1.234" }, csatScore: 1.5 });
  });

  test("lengths are numbers too", () => {
    const lengthOf = (cell: string, top = "") => {
      const [record] = adapt({ id: "1", a: cell }, { fields: "holdSeconds: a", top });
      return record?.rejected?.reason ?? record?.body.holdSeconds;
    };

    expect([lengthOf("1.234"), lengthOf("1.234", 'decimal: "."'), lengthOf("1.234", 'decimal: ","')]).toEqual([
      "BAD_VALUE",
      1.234,
      1234,
    ]);
  });
});

test("a number that is printed by the rules of a place is read as itself, or refused where its rules are not stated", () => {
  const places = fc.constantFrom<[string, Mark]>(
    ["en-US", "."],
    ["en-IN", "."],
    ["de-CH", "."],
    ["de-DE", ","],
    ["sv-SE", ","],
    ["fr-FR", ","],
  );
  const thousandths = fc.integer({ min: -2_000_000_000, max: 2_000_000_000 });
  fc.assert(
    fc.property(places, thousandths, fc.integer({ min: 0, max: 3 }), ([locale, mark], number, digits) => {
      const exact = Number((number / 1_000).toFixed(digits));
      const shown = new Intl.NumberFormat(locale, {
        minimumFractionDigits: digits,
        maximumFractionDigits: digits,
      }).format(exact);

      expect(Number(amountOf(shown, mark)) + 0).toBe(exact + 0);
      const unsaid = amountOf(shown, null);
      expect(String(unsaid).startsWith("BAD_VALUE") || Number(unsaid) === exact).toBe(true);
    }),
    draws(500),
  );
});
