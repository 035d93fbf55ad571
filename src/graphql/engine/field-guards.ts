import { defaultFieldResolver, type GraphQLField } from "graphql";
import { isRowBound } from "../../facts/visible.sql.ts";
import { AppError } from "../../kit/errors.ts";
import { identityId } from "../../kit/id.ts";
import { type RequestContext } from "../../request.ts";
import { checkArguments } from "../unread.ts";
import type { AUDITED } from "./audited.ts";
import type { Scope, TypePolicy } from "./policy.ts";

// How a line of the policy table guards a field: each function wraps its resolver.

export type GuardedField = GraphQLField<unknown, RequestContext>;

/** Refuses viewers without the scope. */
export function guardField(field: GuardedField, scope: Scope): void {
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
  field.subscribe = (source, args, context, info) => {
    if (!context.viewer.scopes.has(scope)) refuse();
    checkArguments(args);
    return subscribe(source, args, context, info);
  };
}

/** Refuses viewers who read the rows of some teams or call centres only. */
export function guardRows(field: GuardedField): void {
  const { resolve = defaultFieldResolver } = field;
  field.resolve = (source, args, context, info) => {
    if (!isRowBound(context.viewer)) return resolve(source, args, context, info);
    const message = `${field.name} counts everybody's interactions, and this key reads those of its own teams and call centres: ask contactCentreKpis, or with a key that is bound to none.`;
    throw new AppError("FORBIDDEN", message);
  };
}

/** Answers which scope is missing instead of the value. */
export function withhold(field: GuardedField, scope: Scope): void {
  const { resolve = defaultFieldResolver } = field;
  field.resolve = (source, args, context, info) =>
    context.viewer.scopes.has(scope) ? resolve(source, args, context, info) : `(needs the scope ${scope})`;
}

/** Omits the names of scoped fields: even the existence of a secret is one. */
export function shorten(field: GuardedField, { scoped = {} }: TypePolicy): void {
  const { resolve = defaultFieldResolver } = field;
  field.resolve = async (source, args, context, info) => {
    const items = (await resolve(source, args, context, info)) as { field: string }[];
    return items.filter((item) => {
      // A key of `extra` needs the scope of `extra`.
      const scope = scoped[item.field.split(".", 1)[0]!];
      return scope === undefined || context.viewer.scopes.has(scope);
    });
  };
}

/** Adds a row to the audit log when more than the id of a customer is read: one row for each request. */
export function noteReads(field: GuardedField, property: "id" | "customerId"): void {
  const { resolve = defaultFieldResolver } = field;
  field.resolve = (source, args, context, info) => {
    const { [property]: customerId } = source as Record<string, string>;
    const read = context.once(readCustomers);
    if (customerId && !read.has(customerId)) {
      read.add(customerId);
      context.auditLog.note({ by: context.viewer, action: "customer.read", customerId });
    }
    return resolve(source, args, context, info);
  };
}

/** Notes what a root field was used for, once it has answered. */
export function noteUse(field: GuardedField, entryOf: (typeof AUDITED)[string]): void {
  const { resolve = defaultFieldResolver } = field;
  field.resolve = async (source, args, context, info) => {
    const answer = await resolve(source, args, context, info);
    const entry = entryOf(args as never, answer as never);
    if (entry) context.auditLog.note({ by: context.viewer, customerId: null, ...entry });
    return answer;
  };
}

function readCustomers(): Set<string> {
  return new Set();
}

/** Answers a masked value instead of the value. */
export function maskField(field: GuardedField, scope: Scope): void {
  const { resolve = defaultFieldResolver } = field;
  field.resolve = (source, args, context, info) => {
    if (context.viewer.scopes.has(scope)) return resolve(source, args, context, info);
    return disguise(source as { namespace: string; value: string }, context.identityKey);
  };
}

/** Masks a value: enough to tell two apart, too little to call or guess: `+46******12`, `#3f9a0c1d`. */
export function disguise({ namespace, value }: { namespace: string; value: string }, key: Uint8Array): string {
  if (/^\+\d{7,}$/.test(value)) return `${value.slice(0, 3)}${"*".repeat(value.length - 5)}${value.slice(-2)}`;
  return `#${identityId(key, namespace, value).slice(0, 8)}`;
}
