import fc from "fast-check";
import { expect, test } from "vitest";
import { type SourceSettings } from "../../src/facts/identity.ts";
import { type Normalised, normalise } from "../../src/facts/normalise.ts";
import { settingsOf } from "../../src/facts/rules.ts";
import { DEFAULT_NAMESPACES } from "../../src/identity/namespaces.ts";
import { anyCharacter, draws } from "../kit/draws.ts";
import { cellsOfPage, NAMESPACES } from "./identities-page.ts";

const defaults = {
  namespaces: new Map(DEFAULT_NAMESPACES.map((rule) => [rule.name, rule] as const)),
  sources: new Map<string, SourceSettings>(),
  routing: [],
  defaultRegion: "SE",
};
const source = settingsOf(defaults, "crm");
/** Another source says how many digits the numbers of its issuer have. */
const issuing = { ...source, name: "crm-se", anchorIssuer: "CRM-SE", anchorDigits: 8 };
const rules = { ...defaults, sources: new Map([["crm-se", issuing]]) };
const cells = cellsOfPage();

test("every cell of docs/identities.md is what is read", () => {
  const wrong = cells.flatMap((cell) =>
    NAMESPACES[cell.of]!.flatMap((namespace) => {
      const read = outcomeOf(normalise({ namespace, value: cell.sent }, source, rules));
      const said = cell.person === null ? cell.outcome : cell.person;
      return read === said ? [] : [`${namespace} ${JSON.stringify(cell.sent)}: ${read}, not ${said}`];
    }),
  );

  expect(wrong).toEqual([]);
  expect(cells.length).toBeGreaterThan(400);
});

test("the page has a spelling of each kind in each column", () => {
  for (const column of Object.keys(NAMESPACES)) {
    const outcomes = new Set(cells.filter(({ of }) => of === column).map(({ outcome }) => outcome));
    expect([column, outcomes.has("person")]).toEqual([column, true]);
  }
});

test("no wrapping of a placeholder makes a person of it", () => {
  const placeholders = cells.filter(({ of, outcome, sent }) => of === "ids" && outcome === "nobody" && sent !== "");
  const wrappings = [
    (text: string) => text.toUpperCase(),
    (text: string) => ` ${text}\t`,
    (text: string) => `"${text}"`,
    (text: string) => `'${text}'`,
    (text: string) => `\u200b${text}\ufeff`,
    (text: string) => text.normalize("NFD"),
  ];

  const persons = placeholders.flatMap(({ sent }) =>
    wrappings.map((wrap) => wrap(sent)).filter((value) => normalise({ namespace: "login", value }, source, rules).ok),
  );

  expect(persons).toEqual([]);
});

test("any text is read without a fault, and what is kept is read as itself", () => {
  const sent = cells.map((cell) => cell.sent);
  const text = fc.oneof(
    fc.string({ unit: anyCharacter }),
    fc.string({ unit: "grapheme" }),
    fc.constantFrom(...sent),
    fc
      .tuple(
        fc.constantFrom(...sent),
        fc.constantFrom("", " ", '"', "<", ">", ";", "@", "+", "0"),
        fc.constantFrom(...sent),
      )
      .map((parts) => parts.join("")),
    fc.stringMatching(/^[+\d()<>"@:;=.\-a-z%# ]*$/),
  );
  const namespace = fc.constantFrom("custid", "custid@crm-se", "crmid", "login", "cookie", "email", "phone");

  fc.assert(
    fc.property(namespace, text, (name, value) => {
      const read = normalise({ namespace: name, value }, source, rules);
      if (!read.ok) return;
      expect(normalise({ namespace: name, value: read.display ?? read.key.value }, source, rules)).toMatchObject({
        ok: true,
        key: read.key,
      });
    }),
    draws(2_000),
  );
});

/** The value that is kept and shown, or what becomes of it. */
function outcomeOf(answer: Normalised): string {
  if (answer.ok) return (answer.display ?? answer.key.value).replace(/^crm\//, "");
  if (answer.reason === "WITHHELD") return "withheld";
  return answer.reason === "INVALID" ? "refused" : "nobody";
}
