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
  "12,50",
  "1 000",
  "+12.50",
  "12.",
  ".5",
  "1e3",
  "0x10",
  "1234567890123456",
  "1.1234567",
  "12.50 EUR",
  "",
  " ",
  1e21,
  1e-7,
  Number.NaN,
  true,
  null,
  undefined,
  {},
  ["12"],
])("%j is no amount", (given) => {
  expect(amountIn(given)).toBeNull();
});
