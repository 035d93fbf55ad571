import fc from "fast-check";
import { expect, test } from "vitest";
import { amountIn } from "../../src/kit/amount.ts";
import { draws } from "./draws.ts";

const digits = (least: number, most: number) => fc.stringMatching(new RegExp(`^[0-9]{${least},${most}}$`));

test("an amount keeps every digit that was sent, but no space around it", () => {
  fc.assert(
    fc.property(fc.constantFrom("", "-"), digits(1, 15), fc.option(digits(1, 6)), (sign, whole, fraction) => {
      const amount = `${sign}${whole}${fraction === null ? "" : `.${fraction}`}`;

      expect(amountIn(amount)).toBe(amount);
      expect(amountIn(`\t${amount} `)).toBe(amount);
    }),
    draws(300),
  );
});

test("a number is the amount that it prints as", () => {
  fc.assert(
    fc.property(fc.integer({ min: -1e12, max: 1e12 }), (hundredths) => {
      expect(Number(amountIn(hundredths / 100))).toBe(hundredths / 100);
    }),
    draws(300),
  );
});

test.each([
  ["2.4019999999999997", "2.402"],
  [2.4019999999999997, "2.402"],
  [0.1 + 0.2, "0.3"],
  ["1.1234567", "1.123457"],
  ["-1.0000005", "-1.000001"],
  ["-0.00000049", "0"],
  ["999.9999999", "1000"],
  ["100000.0000001", "100000"],
  ["5.551115123125783e-17", "0"],
  ["-6.1e-7", "-0.000001"],
  [1e-7, "0"],
  [5.5e-7, "0.000001"],
  [`0.${"3".repeat(60)}`, "0.333333"],
  ["1.100000", "1.100000"],
])("%j is rounded to %j: no currency has more than six decimals", (given, amount) => {
  expect(amountIn(given)).toBe(amount);
});

test("a decimal of any length comes within half a millionth of what was sent, and no digit is made up", () => {
  fc.assert(
    fc.property(fc.constantFrom("", "-"), digits(1, 8), digits(7, 25), (sign, whole, fraction) => {
      const sent = BigInt(`${whole}${fraction.padEnd(25, "0")}`);

      const [units, decimals = ""] = amountIn(`${sign}${whole}.${fraction}`)!.replace("-", "").split(".");

      const read = BigInt(`${units}${decimals.padEnd(25, "0")}`);
      const away = read > sent ? read - sent : sent - read;
      expect(away <= 5n * 10n ** 18n).toBe(true);
      expect(decimals.length).toBeLessThanOrEqual(6);
    }),
    draws(300),
  );
});

test.each([
  "12,50",
  "1 000",
  "+12.50",
  "12.",
  ".5",
  "1e3",
  "0x10",
  "1234567890123456",
  "999999999999999.9999999",
  "1e-3x",
  "12.50 EUR",
  "",
  " ",
  1e21,
  Number.NaN,
  true,
  null,
  undefined,
  {},
  ["12"],
])("%j is no amount", (given) => {
  expect(amountIn(given)).toBeNull();
});
