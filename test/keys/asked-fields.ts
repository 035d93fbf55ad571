import { readFileSync } from "node:fs";
import { buildSchema, type GraphQLObjectType, getNamedType, isLeafType, isRequiredArgument } from "graphql";
import { expect } from "vitest";
import { scopesOf } from "../../src/graphql/engine/auth.ts";
import { TYPE_POLICIES } from "../../src/graphql/engine/policy.ts";
import type { Role } from "../../src/request.ts";

// All fields with personal data, and which of them the policy keeps from a role.

const schema = buildSchema(readFileSync("schema/schema.graphql", "utf8"));
const NAMES = ["Customer", "CustomerRecord", "Identity", "Interaction", "Touchpoint"];
/** Fields that the queries below ask with fields of their own. */
const OPENED = ["record", "identities", "timeline", "recentTouchpoints"];

/** All fields of a type that can be asked without arguments. */
export function allOf(name: string): string {
  const fields = Object.values((schema.getType(name) as GraphQLObjectType).getFields());
  return fields
    .filter(({ name: field, args }) => !OPENED.includes(field) && !args.some(isRequiredArgument))
    .map(({ name: field, type }) => (isLeafType(getNamedType(type)) ? field : `${field} { __typename }`))
    .join(" ");
}

export const CUSTOMER = `${allOf("Customer")} record { ${allOf("CustomerRecord")} } identities { ${allOf("Identity")} }`;
export const DONE = `timeline(first: 1) { nodes { ${allOf("Interaction")} } } recentTouchpoints(first: 1) { ${allOf("Touchpoint")} }`;

export interface Reply {
  // biome-ignore lint/suspicious/noExplicitAny: what a test asks for is what it gets
  data?: any;
  errors?: { path: (string | number)[]; extensions: { code: string } }[];
}
/** The fields that the policy keeps from a role, as `Type.field`. */
export function keptFrom(role: Role, names: readonly string[] = NAMES): string[] {
  const scopes = scopesOf(role);
  const lacking = names.flatMap((name) =>
    Object.entries(TYPE_POLICIES[name]!.scoped ?? {}).flatMap(([field, scope]) =>
      scopes.has(scope) ? [] : [`${name}.${field}`],
    ),
  );
  return lacking.sort();
}

const TYPES: Readonly<Record<string, string>> = {
  record: "CustomerRecord",
  nodes: "Interaction",
  recentTouchpoints: "Touchpoint",
  customer: "Customer",
  interaction: "Interaction",
  customerActivity: "Touchpoint",
};

export function refusedIn({ errors = [] }: Reply): string[] {
  expect(errors.filter(({ extensions }) => extensions.code !== "FORBIDDEN")).toEqual([]);
  const named = errors.map(({ path }) => {
    const names = path.filter((part) => typeof part === "string");
    return `${TYPES[names.at(-2)!]}.${names.at(-1)}`;
  });
  return [...new Set(named)].sort();
}
