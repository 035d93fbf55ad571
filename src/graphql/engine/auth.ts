import {
  defaultFieldResolver,
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLSchema,
  isObjectType,
} from "graphql";
import type { AuthCheckerFn } from "type-graphql";
import { AppError } from "../../kit/errors.ts";
import { identityId } from "../../kit/id.ts";
import type { RequestContext, Role } from "../../request.ts";
import { ROLE_SCOPES, ROOT_SCOPES, type Scope, TYPE_POLICIES, type TypePolicy } from "./policy.ts";

type Field = GraphQLField<unknown, RequestContext>;

/** The scopes of a role, made once. */
export function scopesOf(role: Role): ReadonlySet<string> {
  return SCOPES_BY_ROLE[role];
}

const SCOPES_BY_ROLE = Object.fromEntries(
  Object.entries(ROLE_SCOPES).map(([role, scopes]) => [role, new Set<string>(scopes)]),
) as unknown as Record<Role, ReadonlySet<string>>;

/** For `@Authorized(scope)`: all scopes named must be held. */
export const checkScopes: AuthCheckerFn<RequestContext, string> = ({ context }, scopes) =>
  scopes.every((scope) => context.viewer.scopes.has(scope));

/**
 * Puts the policy table into the schema: every root field and every scoped field asks for its scope before it resolves.
 * Throws when a field is missing from the table, so that none can be forgotten.
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
      guardField(field, scope);
      return [];
    }),
  );
}

function guardTypes(schema: GraphQLSchema): string[] {
  return Object.entries(TYPE_POLICIES).flatMap(([name, policy]) => {
    const type = schema.getType(name);
    if (!isObjectType(type)) return [];
    const { leavesTrail } = policy;
    if (leavesTrail) for (const field of fieldsOf(type)) if (field.name !== "id") noteReads(field, leavesTrail);
    return fieldsOf(type).flatMap((field) => (guardByPolicy(field, policy) ? [] : [`${name}.${field.name}`]));
  });
}

/** False when the policy does not say anything about the field. */
function guardByPolicy(field: Field, policy: TypePolicy): boolean {
  const scope = policy.scoped?.[field.name];
  const disguise = policy.masked?.[field.name];
  const reserved = policy.withheld?.[field.name];
  if (scope) guardField(field, scope);
  if (disguise) maskField(field, disguise);
  if (reserved) withhold(field, reserved);
  if (policy.naming?.includes(field.name)) shorten(field, policy);
  return Boolean(scope || disguise || reserved) || policy.open.includes(field.name);
}

function guardField(field: Field, scope: Scope): void {
  const { resolve = defaultFieldResolver, subscribe } = field;
  const refuse = () => {
    throw new AppError(
      "FORBIDDEN",
      `Reading or using ${field.name} needs the scope ${scope}; ask for a key whose role has it.`,
    );
  };
  field.resolve = (source, args, context, info) =>
    context.viewer.scopes.has(scope) ? resolve(source, args, context, info) : refuse();
  if (!subscribe) return;
  field.subscribe = (source, args, context, info) =>
    context.viewer.scopes.has(scope) ? subscribe(source, args, context, info) : refuse();
}

function withhold(field: Field, scope: Scope): void {
  const { resolve = defaultFieldResolver } = field;
  field.resolve = (source, args, context, info) =>
    context.viewer.scopes.has(scope) ? resolve(source, args, context, info) : `(needs the scope ${scope})`;
}

/** Even that a secret is known is a secret. */
function shorten(field: Field, { scoped = {} }: TypePolicy): void {
  const { resolve = defaultFieldResolver } = field;
  field.resolve = async (source, args, context, info) => {
    const items = (await resolve(source, args, context, info)) as { field: string }[];
    return items.filter((item) => {
      const scope = scoped[item.field];
      return scope === undefined || context.viewer.scopes.has(scope);
    });
  };
}

/** Whoever sees more of a customer, or of what one did, than an id leaves a trace: one a request. */
function noteReads(field: Field, property: "id" | "customerId"): void {
  const { resolve = defaultFieldResolver } = field;
  field.resolve = (source, args, context, info) => {
    const { [property]: customerId } = source as Record<string, string>;
    const read = context.once(readCustomers);
    if (customerId && !read.has(customerId)) {
      read.add(customerId);
      context.trail.note({ actor: context.viewer.name, action: "customer.read", customerId });
    }
    return resolve(source, args, context, info);
  };
}

function readCustomers(): Set<string> {
  return new Set();
}

function maskField(field: Field, scope: Scope): void {
  const { resolve = defaultFieldResolver } = field;
  field.resolve = (source, args, context, info) => {
    if (context.viewer.scopes.has(scope)) return resolve(source, args, context, info);
    return disguise(source as { namespace: string; value: string }, context.identityKey);
  };
}

/** Enough to tell two values apart, too little to call or to guess: `+46******12`, `#3f9a0c1d`. */
export function disguise({ namespace, value }: { namespace: string; value: string }, key: Uint8Array): string {
  if (/^\+\d{7,}$/.test(value)) return `${value.slice(0, 3)}${"*".repeat(value.length - 5)}${value.slice(-2)}`;
  return `#${identityId(key, namespace, value).slice(0, 8)}`;
}

function fieldsOf(type: GraphQLObjectType | null | undefined): Field[] {
  return Object.values(type?.getFields() ?? {}) as Field[];
}
