import { expect, test } from "vitest";
import { useApp } from "../app/use-app.ts";

const house = useApp();

/** A question of 13 levels that nobody needs. */
const DEEP = `{ customer(id: "x") { recentTouchpoints { ${"interaction { customer { ".repeat(4)} summary { byChannel { channel } } ${"} } ".repeat(4)} } } }`;

test.each([
  [
    "10,000 aliases",
    `{ ${Array.from({ length: 10_000 }, (_, i) => `a${i}: __typename`).join(" ")} }`,
    /more than 4000 tokens/,
  ],
  [
    "51 aliases",
    `{ ${Array.from({ length: 51 }, (_, i) => `a${i}: node(id: "x") { id }`).join(" ")} }`,
    /51 aliases and the limit is 50/,
  ],
  ["21 root fields", `{ ${"__typename ".repeat(21)} }`, /21 root fields and the limit is 20/],
  ["13 levels", DEEP, /13 levels and the limit is 12/],
  [
    "levels hidden in fragments",
    `${DEEP.replace("summary { byChannel { channel } }", "...s")} fragment s on Customer { summary { byChannel { channel } } }`,
    /13 levels/,
  ],
  [
    "a page of pages of pages",
    "{ customers(first: 100) { nodes { timeline(first: 100) { nodes { touchpoints(first: 100) { nodes { id } } } } } } }",
    /objects and the limit is 20000/,
  ],
])("refuses %s, and says what to do instead", async (_name, query, message) => {
  const { status, data, errors } = await house.ask(query);

  expect({ status, data }).toEqual({ status: 200, data: undefined });
  expect(errors?.[0]).toMatchObject({
    message: expect.stringMatching(message),
    extensions: { code: "LIMIT_EXCEEDED" },
  });
});

test("counts the size of a page that comes as a variable, on every request", async () => {
  const query =
    "query($n: Int) { customers(first: $n) { nodes { timeline(first: $n) { nodes { touchpoints(first: $n) { nodes { id } } } } } } }";

  const small = await house.ask(query, { n: 2 });
  const large = await house.ask(query, { n: 100 });

  expect(small.errors).toBeUndefined();
  expect(large.errors?.[0]?.extensions.code).toBe("LIMIT_EXCEEDED");
});

test("lets the deepest useful question through", async () => {
  const { errors } = await house.ask(
    "{ customers { edges { node { timeline { edges { node { touchpoints { edges { node { value { amount } } } } } } } } } } }",
  );

  expect(errors).toBeUndefined();
});

test("survives fragments that spread one another", async () => {
  const { errors } = await house.ask("{ ...a } fragment a on Query { ...b } fragment b on Query { ...a }");

  expect(errors?.[0]?.extensions.code).toBe("BAD_INPUT");
});

test.each(["first: 101", "last: 101", "first: 0", "first: -1", "first: 1, last: 1"])(
  "refuses a page of %s",
  async (page) => {
    const { errors } = await house.ask(`{ customers(${page}) { nodes { id } } }`);

    expect(errors?.[0]?.extensions.code).toBe("BAD_INPUT");
  },
);

test("answers a body of two megabytes with the limit, not with a reset", async () => {
  const reply = await house.post("/graphql", { query: "{ __typename }", variables: { text: "x".repeat(2_097_152) } });

  expect(reply.status).toBe(413);
  expect(await reply.json()).toMatchObject({ errors: [{ extensions: { code: "LIMIT_EXCEEDED" } }] });
});
