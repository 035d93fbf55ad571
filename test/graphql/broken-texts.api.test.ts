import { readFileSync } from "node:fs";
import {
  buildSchema,
  type GraphQLField,
  type GraphQLInputType,
  getNamedType,
  getNullableType,
  isCompositeType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
} from "graphql";
import { expect, test } from "vitest";
import { useApp } from "../app/use-app.ts";

// A NUL, or a surrogate without its other half, in every text that a client may send.

const house = useApp({ settings: { C360_REQUESTS_PER_SECOND: "100000" } });
const schema = buildSchema(readFileSync("schema/schema.graphql", "utf8"));
const BROKEN = ["a\u0000b", "a\ud800b"];
const LEVELS = 4;

const SCALARS: Readonly<Record<string, unknown>> = {
  ...{ String: "a", ID: "a", Int: 1, Float: 1, Boolean: true, JSON: {}, JSONObject: {}, Decimal: "1" },
  ...{ DateTime: "2026-11-20T09:00:00Z", Date: "2026-11-20" },
};

/** The least that a type takes. */
function leastOf(type: GraphQLInputType): unknown {
  const named = getNullableType(type);
  if (isListType(named)) return [leastOf(named.ofType)];
  if (isEnumType(named)) return named.getValues()[0]!.name;
  if (!isInputObjectType(named)) return SCALARS[named.name] ?? "a";
  const required = Object.values(named.getFields()).filter(({ type: one }) => isNonNullType(one));
  return Object.fromEntries(required.map((field) => [field.name, leastOf(field.type)]));
}

/** The least that a type takes, with a broken text in each place in turn. */
function brokenOf(type: GraphQLInputType, text: string, level = 0): unknown[] {
  const named = getNullableType(type);
  if (isListType(named)) return brokenOf(named.ofType, text, level).map((one) => [one]);
  if (isEnumType(named) || level > LEVELS) return [];
  if (isInputObjectType(named))
    return Object.values(named.getFields()).flatMap((field) =>
      brokenOf(field.type, text, level + 1).map((broken) => ({ ...(leastOf(named) as object), [field.name]: broken })),
    );
  if (/^JSON/.test(named.name)) return [{ [text]: 1 }, { a: text }];
  return ["String", "ID"].includes(named.name) ? [text] : [];
}

/** The operations that ask a root field with one broken text each. */
function askedOf(verb: string, { name, args, type }: GraphQLField<unknown, unknown>, text: string) {
  const least = Object.fromEntries(
    args.filter(({ type: one }) => isNonNullType(one)).map((arg) => [arg.name, leastOf(arg.type)]),
  );
  const declared = args.map((arg) => `$${arg.name}: ${arg.type}`).join(", ");
  const given = args.map((arg) => `${arg.name}: $${arg.name}`).join(", ");
  const fields = isCompositeType(getNamedType(type)) ? "{ __typename }" : "";
  const query = `${verb}(${declared}) { ${name}(${given}) ${fields} }`;
  return args.flatMap((arg) =>
    brokenOf(arg.type, text).map((broken) => ({ name, query, variables: { ...least, [arg.name]: broken } })),
  );
}

const ROOTS = [
  ["query", schema.getQueryType()],
  ["mutation", schema.getMutationType()],
] as const;

test("a broken text is nowhere our fault", async () => {
  const operations = ROOTS.flatMap(([verb, type]) =>
    Object.values(type!.getFields()).flatMap((field, i) => askedOf(verb, field, BROKEN[i % 2]!)),
  );

  const faults: string[] = [];
  for (let at = 0; at < operations.length; at += 20) {
    const some = operations.slice(at, at + 20).map(async ({ name, query, variables }) => {
      const { errors } = await house.ask(query, variables);
      const codes = errors?.map(({ extensions }) => extensions.code) ?? [];
      if (codes.some((code) => ["INTERNAL", "TIMEOUT", "UNAVAILABLE"].includes(code)))
        faults.push(`${name} ${JSON.stringify(variables)} ${codes}`);
    });
    await Promise.all(some);
  }

  expect(operations.length).toBeGreaterThan(500);
  expect(faults).toEqual([]);
});
