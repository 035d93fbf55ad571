import { expect, test } from "vitest";
import { Dictionaries } from "../../src/journeys/dictionary.ts";
import { dimensionPlanOf } from "../../src/journeys/dimension.ts";
import { type Matcher, matcherPlanOf } from "../../src/journeys/matcher.ts";

/** So many pages, `/0` and so on, and the ids of their items. */
function withPages(pages: number) {
  const dictionary = new Dictionaries();
  for (let page = 0; page < pages; page += 1) call(dictionary, page, `/${page}`);
  return dictionary;
}

function call({ items, texts }: Dictionaries, id: number, name: string): void {
  items.name(BigInt(id), { kind: 0, name: texts.add(name), section: -1 });
}

const pagesOf = (dictionary: Dictionaries) => {
  const reading = dimensionPlanOf(dictionary, "PAGE");
  return "texts" in reading ? [...reading.texts].map((text) => dictionary.texts.of(text)) : [];
};
const planOf = (dictionary: Dictionaries, matcher: Matcher) => matcherPlanOf({ dictionary, until: 0 }, matcher);

test("what is forgotten and named anew changes nothing of a question that is being answered", () => {
  const dictionary = withPages(3);
  const question = dictionary.forQuestion();
  const before = pagesOf(question);

  dictionary.items.forget([1n]);
  call(dictionary, 2, "/new");
  call(dictionary, 3, "/more");

  expect(before).toEqual(["/0", "/1", "/2"]);
  expect(pagesOf(question)).toEqual(before);
  expect(pagesOf(dictionary.forQuestion())).toEqual(["/0", null, "/new", "/more"]);
});

test("equal lists of one question share their tables", () => {
  const question = withPages(3).forQuestion();

  const [one, other] = [1, 2].map(() => planOf(question, { names: ["/1"], namePattern: "*1" }));

  expect(other).toEqual(one);
  for (const [i, condition] of other!.entries()) expect(condition).toBe(one![i]);
  expect(planOf(question, { names: ["/2"] })[0]).not.toBe(one![0]);
});

test("a question that would take too much memory, or too long to prepare, is told what to do", () => {
  const question = withPages(50_000).forQuestion();
  const prepare = (from: number, to: number) => {
    for (let i = from; i < to; i += 1) planOf(question, { namePattern: `*${i}*` });
  };

  prepare(0, 50);

  expect(() => prepare(50, 100)).toThrow(
    expect.objectContaining({ code: "LIMIT_EXCEEDED", message: expect.stringContaining("`names`") }),
  );
});
