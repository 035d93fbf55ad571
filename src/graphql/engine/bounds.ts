import {
  type FragmentDefinitionNode,
  GraphQLError,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
  type ValidationRule,
} from "graphql";
import type { Limits } from "./limits.ts";

/** The size of a selection, with its fragments expanded. */
interface Size {
  depth: number;
  aliases: number;
  fields: number;
  /** Aliases of \`__schema\` and of what is within introspection: each asks for all of the schema once more. */
  repeats: number;
}

/** Refuses documents that are too deep or too wide, or have too many aliases; graphql's own rule reports cycles. */
export function boundsRule(limits: Pick<Limits, "depth" | "aliases" | "rootFields">): ValidationRule {
  return (context) => ({
    Document(document) {
      const fragments = new Map<string, FragmentDefinitionNode>();
      for (const node of document.definitions)
        if (node.kind === Kind.FRAGMENT_DEFINITION) fragments.set(node.name.value, node);
      const measure = measurer(fragments);
      for (const node of document.definitions) {
        if (node.kind !== Kind.OPERATION_DEFINITION) continue;
        for (const message of excesses(measure(node.selectionSet), limits)) context.reportError(excess(message, node));
      }
    },
  });
}

function excesses(
  size: Size,
  { depth, aliases, rootFields }: Pick<Limits, "depth" | "aliases" | "rootFields">,
): string[] {
  return [
    size.depth > depth
      ? `The query has ${size.depth} levels and the limit is ${depth}: ask for the inner part by its id.`
      : "",
    size.aliases > aliases
      ? `The query has ${size.aliases} aliases and the limit is ${aliases}: split it into several requests.`
      : "",
    size.fields > rootFields
      ? `The query has ${size.fields} root fields and the limit is ${rootFields}: split it into several requests.`
      : "",
    size.repeats > 0 ? "Introspection takes no aliases: ask for each of its fields once." : "",
  ].filter(Boolean);
}

function excess(message: string, node: OperationDefinitionNode): GraphQLError {
  return new GraphQLError(message, { nodes: node, extensions: { limit: true } });
}

const NOTHING: Size = { depth: 0, aliases: 0, fields: 0, repeats: 0 };

/** Each fragment is measured once, so that nested fragments cannot double the work at every level. */
function measurer(fragments: ReadonlyMap<string, FragmentDefinitionNode>) {
  const measured = new Map<string, Size>();
  const spread = (name: string): Size => {
    const known = measured.get(name);
    if (known) return known;
    measured.set(name, NOTHING);
    const fragment = fragments.get(name);
    const isOfSchema = fragment?.typeCondition.name.value.startsWith("__") ?? false;
    const size = fragment ? measure(fragment.selectionSet, isOfSchema) : NOTHING;
    measured.set(name, size);
    return size;
  };
  const measure = (set: SelectionSetNode, isOfSchema = false): Size => {
    const total = { ...NOTHING };
    for (const selection of set.selections) {
      const size = sizeOf(selection, { measure, spread, isOfSchema });
      total.depth = Math.max(total.depth, size.depth);
      total.aliases += size.aliases;
      total.fields += size.fields;
      total.repeats += size.repeats;
    }
    return total;
  };
  return measure;
}

interface Measuring {
  measure(set: SelectionSetNode, isOfSchema?: boolean): Size;
  spread(name: string): Size;
  isOfSchema: boolean;
}

function sizeOf(node: SelectionSetNode["selections"][number], { measure, spread, isOfSchema }: Measuring): Size {
  if (node.kind === Kind.FRAGMENT_SPREAD) return spread(node.name.value);
  if (node.kind === Kind.INLINE_FRAGMENT) return measure(node.selectionSet, isOfSchema);
  const name = node.name.value;
  const isIntrospection = isOfSchema || name === "__schema" || name === "__type";
  const inner = node.selectionSet ? measure(node.selectionSet, isIntrospection) : NOTHING;
  const alias = node.alias ? 1 : 0;
  return {
    // Introspection is deep by nature, which graphql itself bounds.
    depth: isIntrospection ? 1 : inner.depth + 1,
    aliases: inner.aliases + alias,
    fields: 1,
    repeats: inner.repeats + (isOfSchema || name === "__schema" ? alias : 0),
  };
}
