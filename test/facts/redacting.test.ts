import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { REDACTED_KINDS, redactAddress, redactSearch, redactText } from "../../src/facts/redacting/redact-text.ts";
import { ORDINARY, SECRETS, spelledInMany } from "./numbers-as-people-write-them.ts";
import { drawnIn, SHAPES } from "./numbers-of-cases.ts";

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

/** As an attacker wrote them, and what is left. */
const ODD_SPELLINGS = {
  "4, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1": "[card]",
  "it is 4,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1 ok": "it is [card] ok",
  "4 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 12 27": "[card] 12 27",
  "4\ufe0f\u20e31\ufe0f\u20e31\ufe0f\u20e31\ufe0f\u20e31111 1111 1111": "[card]",
  "\u2074\u00b9\u00b9\u00b9\u00b9\u00b9\u00b9\u00b9\u00b9\u00b9\u00b9\u00b9\u00b9\u00b9\u00b9\u00b9": "[card]",
  "\u2463\u2460\u2460\u2460 \u2776\u2776\u2776\u2776 \u2780\u2780\u2780\u2780 \u278a\u2474\u2488\uff11": "[card]",
  "4111x1111x1111x1111": "[card]",
  "4111%201111%201111%201111": "[card]",
  "%34%31%31%31111111111111": "[card]",
  "41111111111111111227": "[card]1227",
  "4111-1111-1111-11111227123": "[card]1227123",
  "04111111111111111": "0[card]",
  "41111111111111115555555555554444": "[card][card]",
  card4111111111111111thanks: "card[card]thanks",
  "MT84 MALT 0110 0001 2345 MTLC AST0 01S": "[iban]",
  "MU17 BOMM 0101 1010 3030 0200 000M UR": "[iban]",
  "SC18 SSCB 1101 0000 0000 0000 1497 USD": "[iban]",
  "QA58 DOHB 0000 1234 5678 90AB CDEF G please pay now": "[iban] please pay now",
  ibanDE89370400440532013000: "iban[iban]",
  DE89370400440532013000please: "[iban]please",
  DE89370400440532013000COBADEFFXXX: "[iban]COBADEFFXXX",
  "stra\u00dfe, stra\u00dfe DE89370400440532013000": "stra\u00dfe, stra\u00dfe [iban]",
};

test.each(SHAPES)("of cases, parts and invoices numbered %s fewer than one of a thousand is taken out", (shape) => {
  const drawn = drawnIn(shape, 20_000);

  const taken = drawn.filter((number) => redactText(`about ${number}, as agreed`, redacting).found.length > 0);

  expect(taken.length).toBeLessThan(drawn.length / 1_000);
});

test("what a number is called stands before it, behind it, or is its key", () => {
  for (const text of [
    "CPR: 270962-2728",
    "270962-2728 (CPR)",
    "her NINO, I think: AB123456C",
    "Rentenversicherungsnummer 65 170839 J 003",
  ]) {
    expect(redactText(text, redacting).found).toEqual(["ssn"]);
  }
  expect(redactText("270962-2728", redacting, "cpr_number").found).toEqual(["ssn"]);
  expect(redactText("270962-2728", redacting, "case").found).toEqual([]);
  expect(redactText("RSSMRA80A01H501U or RSSMRA80A01H501V", redacting).text).toBe("[ssn] or RSSMRA80A01H501V");
});

test("the number of goods stays on their page, and is never called a telephone number", () => {
  const told = {
    "https://a.se/p/7310865004703": "https://a.se/p/7310865004703",
    "https://a.se/product/green-shoes-0012345678905?x=1": "https://a.se/product/green-shoes-0012345678905?x=1",
    "https://a.se/ean/96385074/7310865004703": "https://a.se/ean/96385074/[digits]",
    "https://a.se/p/7310865004704": "https://a.se/p/[digits]",
    "https://a.se/customers/0012345678905": "https://a.se/customers/[digits]",
    "https://a.se/p/0701740601": "https://a.se/p/[phone]",
    "https://a.se/p/4111111111111111": "https://a.se/p/[card]",
    "https://a.se/ORD-100004523": "https://a.se/ORD-[digits]",
  };

  for (const [address, left] of Object.entries(told)) expect(redactAddress(address, redacting).text).toBe(left);
});

test.each(Object.entries(ODD_SPELLINGS))("%s is found", (written, left) => {
  expect(redactText(written, redacting).text).toBe(left);
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
    "tel:4111111111111111": "tel:[card]",
    "https://ann:pw@a.se/me": "https://a.se/me",
    "//ann.berg@a.se:81/me@home?x=@": "//a.se:81/me@home?x=@",
    "https://4111111111111111.a.se/x": "https://[card].a.se/x",
    "mailto:ann@a.se": "mailto:[email]",
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
