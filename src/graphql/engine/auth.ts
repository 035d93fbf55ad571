import { type GraphQLObjectType, type GraphQLSchema, isObjectType } from "graphql";
import type { AuthCheckerFn } from "type-graphql";
import type { RequestContext, Role } from "../../request.ts";
import { AUDITED } from "./audited.ts";
import {
  type GuardedField,
  guardField,
  guardRows,
  maskField,
  noteReads,
  noteUse,
  shorten,
  withhold,
} from "./field-guards.ts";
import { ROLE_SCOPES, ROOT_SCOPES, TYPE_POLICIES, type TypePolicy } from "./policy.ts";

/** The scopes of a role. */
export function scopesOf(role: Role): ReadonlySet<string> {
  return SCOPES_BY_ROLE[role];
}

const SCOPES_BY_ROLE = Object.fromEntries(
  Object.entries(ROLE_SCOPES).map(([role, scopes]) => [role, new Set<string>(scopes)]),
) as unknown as Record<Role, ReadonlySet<string>>;

/** For `@Authorized(scope)`: the viewer needs every scope named. */
export const checkScopes: AuthCheckerFn<RequestContext, string> = ({ context }, scopes) =>
  scopes.every((scope) => context.viewer.scopes.has(scope));

/**
 * Applies the policy table to the schema: every root field and every scoped field checks its scope before it resolves.
 * Throws when a field is missing from the table, so that none is forgotten.
 */
export function enforcePolicy(schema: GraphQLSchema): GraphQLSchema {
  const missing = [...guardRoots(schema), ...guardTypes(schema)];
  if (missing.length > 0) throw new Error(`Missing from src/graphql/engine/policy.ts: ${missing.join(", ")}.`);
  return schema;
}

function guardRoots(schema: GraphQLSchema): string[] {
  const roots = [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()];
  return roots.flatMap((type) =>
    fieldsOf(type).flatMap((field) => {
      const name = `${type?.name}.${field.name}`;
      const scope = ROOT_SCOPES[name];
      if (!scope) return [name];
      // Figures of the contact centre keep to the viewer's own; other reports count everybody's.
      if (scope === "reports:read") guardRows(field);
      const entry = AUDITED[name];
      if (entry) noteUse(field, entry);
      guardField(field, scope);
      return [];
    }),
  );
}

function guardTypes(schema: GraphQLSchema): string[] {
  return Object.entries(TYPE_POLICIES).flatMap(([name, policy]) => {
    const type = schema.getType(name);
    if (!isObjectType(type)) return [];
    const { auditedBy } = policy;
    if (auditedBy) for (const field of fieldsOf(type)) if (field.name !== "id") noteReads(field, auditedBy);
    return fieldsOf(type).flatMap((field) => (guardByPolicy(field, policy) ? [] : [`${name}.${field.name}`]));
  });
}

/** Applies the policy of one field; false when the policy does not name it. */
function guardByPolicy(field: GuardedField, policy: TypePolicy): boolean {
  const scope = policy.scoped?.[field.name];
  const disguise = policy.masked?.[field.name];
  const reserved = policy.withheld?.[field.name];
  if (scope) guardField(field, scope);
  if (disguise) maskField(field, disguise);
  if (reserved) withhold(field, reserved);
  if (policy.naming?.includes(field.name)) shorten(field, policy);
  return Boolean(scope || disguise || reserved) || policy.open.includes(field.name);
}

function fieldsOf(type: GraphQLObjectType | null | undefined): GuardedField[] {
  return Object.values(type?.getFields() ?? {}) as GuardedField[];
}
