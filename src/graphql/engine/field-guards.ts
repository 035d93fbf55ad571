import { defaultFieldResolver, type GraphQLField } from "graphql";
import { AppError } from "../../kit/errors.ts";
import { identityId } from "../../kit/id.ts";
import type { RequestContext } from "../../request.ts";
import type { Scope, TypePolicy } from "./policy.ts";

// What a line of the policy table does to a field: each wraps its resolver.

export type Field = GraphQLField<unknown, RequestContext>;

/** Refuses whoever lacks the scope. */
export function guardField(field: Field, scope: Scope): void {
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

/** Says which scope is missing, in the place of the value. */
export function withhold(field: Field, scope: Scope): void {
  const { resolve = defaultFieldResolver } = field;
  field.resolve = (source, args, context, info) =>
    context.viewer.scopes.has(scope) ? resolve(source, args, context, info) : `(needs the scope ${scope})`;
}

/** Leaves out the names of scoped fields: even that a secret is known is a secret. */
export function shorten(field: Field, { scoped = {} }: TypePolicy): void {
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
export function noteReads(field: Field, property: "id" | "customerId"): void {
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

/** Shows a disguise in the place of the value. */
export function maskField(field: Field, scope: Scope): void {
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
