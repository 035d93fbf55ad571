import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { REDACTED_KINDS, redactAddress, redactSearch, redactText } from "../../src/facts/redacting/redact-text.ts";
import { ORDINARY, SECRETS, spelledInMany } from "./numbers-as-people-write-them.ts";

const redacting = { kinds: new Set(REDACTED_KINDS), region: "SE" };

describe.each(Object.entries(SECRETS))("%s", (kind, numbers) => {
  test("every one of a thousand spellings is taken out whole, and the words about it stay", () => {
    const spellings = fc.sample(spelledInMany(numbers), { numRuns: 1_000, seed: 14 });

    const missed = spellings.filter(({ before, spelled, after }) => {
      const { text, found } = redactText(`${before}${spelled}${after}`, redacting);
      return text !== `${before}[${kind}]${after}` || found.join() !== kind;
    });

    expect(missed).toEqual([]);
  });
});

test.each(["4111-1111 1111 1111", "4111 1111 1111 1111", "4111 1111 then 1111 1111", "4111.1111.1111.1111"])(
  "%s is taken out whole, whatever stands behind it",
  (card) => {
    for (const after of [" exp 12/27", " 12 27", " 12/27 123", ".12.27", "-12-27", " cvv 123", ", 0701 74 06 01"]) {
      expect(redactText(`paid by ${card}${after}`, redacting)).toEqual({
        text: `paid by [card]${after}`,
        found: ["card"],
      });
    }
  },
);

test("fewer than one of a thousand ordinary numbers is taken out", () => {
  const ordinary = fc.sample(ORDINARY, { numRuns: 20_000, seed: 14 });

  const taken = ordinary.filter((text) => redactText(text, redacting).found.length > 0);

  expect(taken.length).toBeLessThan(ordinary.length / 1_000);
});

test("one digit off, it is no card and no account", () => {
  for (const text of ["4111 1111 1111 1112", "SE45 5000 0000 0583 9825 7467", "9999 9999 9999 9995"]) {
    expect(redactText(text, redacting).text).toBe(text);
  }
});

test("of a page, what says who somebody is goes too, and the name of the page stays", () => {
  const told = {
    "https://a.se/users/anna.berg@example.com/orders": "https://a.se/users/[email]/orders",
    "https://a.se/users/anna.berg%40example.com/orders": "https://a.se/users/[email]/orders",
    "https://a.se/find/070-174%2006%2001": "https://a.se/find/[phone]",
    "https://a.se/customers/1234567890/edit": "https://a.se/customers/[digits]/edit",
    "/pay/4111-1111-1111-1111": "/pay/[card]",
    "https://a.se/blog/20261130/news-1234567": "https://a.se/blog/20261130/news-1234567",
    "https://a.se/o/2161665b-0019-1000-8000-000012345678": "https://a.se/o/2161665b-0019-1000-8000-000012345678",
    "https://a.se/p?utm_campaign=20261130123&gclid=Cj0KCQ123456789":
      "https://a.se/p?utm_campaign=20261130123&gclid=Cj0KCQ123456789",
    "https://a.se:8443/%E0%A4%A": "https://a.se:8443/%E0%A4%A",
    "https://a.se/what%3F/4111%201111%201111%201111/%23end?x=4111%25201111%25201111%25201111":
      "https://a.se/what%3F/[card]/%23end?x=[card]",
    "https://a.se/%34111111111111111/100%": "https://a.se/[card]/100%",
    "tel:+46701740601": "tel:+46701740601",
  };

  for (const [address, left] of Object.entries(told)) expect(redactAddress(address, redacting).text).toBe(left);
});

test("of a search too, and of a note not: whom an agent calls back she writes down", () => {
  const written = "invoice for anna.berg@example.com, 0701 74 06 01, customer 123456789";

  expect(redactSearch(written, redacting)).toEqual({
    text: "invoice for [email], [phone], customer [digits]",
    found: ["email", "phone", "digits"],
  });
  expect(redactText(written, redacting)).toEqual({ text: written, found: [] });
});

test("what a source's settings leave out stays", () => {
  const { text } = redactSearch("4111 1111 1111 1111 a@example.com", { ...redacting, kinds: new Set(["card"]) });

  expect(text).toBe("[card] a@example.com");
});
