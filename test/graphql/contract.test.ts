import { readFileSync } from "node:fs";
import { type GraphQLNamedType, isInputObjectType, isInterfaceType, isNonNullType, isObjectType } from "graphql";
import { expect, test } from "vitest";
import { TYPE_POLICIES } from "../../src/graphql/engine/policy.ts";
import { addressedIn } from "../../src/graphql/engine/reports.ts";
import { createSchema, printContract } from "../../src/graphql/engine/schema.ts";
import { openapi } from "../../src/http/openapi/openapi.ts";

const schema = createSchema();
const printed = (name: string) => readFileSync(new URL(`../../schema/${name}`, import.meta.url), "utf8");

test("is printed in schema/: run `npm run contracts` and read the difference", () => {
  expect(printContract(schema)).toBe(printed("schema.graphql"));
  expect(`${JSON.stringify(openapi(null, addressedIn(schema)), null, 2)}\n`).toBe(printed("openapi.json"));
});

test("describes every type, field and argument", () => {
  const bare = Object.values(schema.getTypeMap())
    .filter(({ name }) => !name.startsWith("__"))
    .flatMap((type) => [type.description || isRoot(type.name) ? "" : type.name, ...bareFieldsOf(type)]);

  expect(bare.filter(Boolean)).toEqual([]);
});

const isRoot = (name: string) => ["Query", "Mutation", "Subscription"].includes(name);

function bareFieldsOf(type: GraphQLNamedType): string[] {
  if (isInputObjectType(type))
    return Object.values(type.getFields()).flatMap((field) =>
      field.description ? [] : [`${type.name}.${field.name}`],
    );
  if (!isObjectType(type) && !isInterfaceType(type)) return [];
  return Object.values(type.getFields()).flatMap((field) => {
    const name = `${type.name}.${field.name}`;
    return [field.description ? "" : name, ...field.args.map((arg) => (arg.description ? "" : `${name}(${arg.name})`))];
  });
}

test("hides only what may be null: a refusal must not take the customer with it", () => {
  const rigid = Object.entries(TYPE_POLICIES).flatMap(([name, { open, scoped = {} }]) => {
    const type = schema.getType(name);
    // Of a type that is closed as a whole, the refusal may take the whole.
    if (!isObjectType(type) || open.length === 0) return [];
    return Object.keys(scoped)
      .filter((field) => isNonNullType(type.getFields()[field]?.type))
      .map((field) => `${name}.${field}`);
  });

  expect(rigid).toEqual(CLOSED_TO_MENUS);
});

/** The contract has them never null: a menu, the one role without their scope that sees customers, is refused the whole. */
const CLOSED_TO_MENUS = ["Customer.timeline", "Touchpoint.interaction"];

test("has a policy for every type that leads to a value about a person, and none for a field that is gone", () => {
  const stale = Object.entries(TYPE_POLICIES).flatMap(([name, { open, scoped = {}, masked = {} }]) => {
    const type = schema.getType(name);
    if (!isObjectType(type)) return [name];
    const listed = [...open, ...Object.keys(scoped), ...Object.keys(masked)];
    return listed.filter((field) => !(field in type.getFields())).map((field) => `${name}.${field}`);
  });

  expect(stale).toEqual([]);
});
