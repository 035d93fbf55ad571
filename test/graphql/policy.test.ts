import { buildSchema, graphql } from "graphql";
import { expect, test } from "vitest";
import { enforcePolicy, scopesOf } from "../../src/graphql/engine/auth.ts";
import { disguise } from "../../src/graphql/engine/field-guards.ts";
import { ROLE_SCOPES, ROOT_SCOPES, SCOPES } from "../../src/graphql/engine/policy.ts";
import { createSchema } from "../../src/graphql/engine/schema.ts";
import type { AppError } from "../../src/kit/errors.ts";
import { ROLES } from "../../src/request.ts";

test("will not start with a root field that states no scope", () => {
  const schema = buildSchema("type Query { customer: String, secrets: String }");

  expect(() => enforcePolicy(schema)).toThrow("Query.secrets");
});

test("will not start with a personal type that has a field nobody thought about", () => {
  const schema = buildSchema("type Query { customer: CustomerRecord } type CustomerRecord { age: Int, shoeSize: Int }");

  expect(() => enforcePolicy(schema)).toThrow("CustomerRecord.shoeSize");
});

test("refuses a scoped field whatever its resolver is", async () => {
  const schema = enforcePolicy(
    buildSchema("type Query { customer: CustomerRecord } type CustomerRecord { age: Int, region: String }"),
  );
  const rootValue = { customer: { age: 40, region: "north" } };
  const contextValue = { viewer: { scopes: scopesOf("analyst") } };

  const answer = await graphql({ schema, source: "{ customer { age region } }", rootValue, contextValue });

  expect(answer.data).toEqual({ customer: { age: null, region: "north" } });
  expect(answer.errors?.map(({ message }) => message)).toEqual([expect.stringContaining("customers:personal")]);
});

test("names no root field that does not exist", () => {
  const schema = createSchema();
  const roots = [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()];

  const existing = roots.flatMap((type) =>
    Object.keys(type?.getFields() ?? {}).map((field) => `${type?.name}.${field}`),
  );

  expect(Object.keys(ROOT_SCOPES).sort()).toEqual(existing.sort());
});

test("asks every root field's scope before its resolver runs", () => {
  const schema = createSchema();
  const context = { viewer: { scopes: new Set() } };
  const fields = [schema.getQueryType(), schema.getMutationType()].flatMap((type) =>
    Object.values(type?.getFields() ?? {}),
  );

  const admitting = fields.filter(({ resolve }) => {
    try {
      resolve?.({}, {}, context, {} as never);
      return true;
    } catch (error) {
      return (error as AppError).code !== "FORBIDDEN";
    }
  });

  expect(admitting.map(({ name }) => name)).toEqual([]);
});

test("gives every role something, and every scope to some role beside the admin", () => {
  const given = new Set(ROLES.filter((role) => role !== "admin").flatMap((role) => ROLE_SCOPES[role]));

  expect(ROLES.every((role) => ROLE_SCOPES[role].length > 0)).toBe(true);
  expect(SCOPES.filter((scope) => !given.has(scope))).toEqual(["rejections:replay", "tracking:write", "keys:admin"]);
});

test("shows enough of a number to recognise it and too little to call it", () => {
  const key = new Uint8Array(32);

  expect(disguise({ namespace: "phone", value: "+46701234512" }, key)).toBe("+46*******12");
  expect(disguise({ namespace: "custid", value: "4587" }, key)).toMatch(/^#[0-9a-f]{8}$/);
  expect(disguise({ namespace: "custid", value: "4587" }, key)).not.toBe(
    disguise({ namespace: "custid", value: "4588" }, key),
  );
});
