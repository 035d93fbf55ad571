import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLCompositeType,
  type GraphQLField,
  type GraphQLSchema,
  getNamedType,
  getNullableType,
  isCompositeType,
  isInterfaceType,
  isListType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from "graphql";
import { DEFAULT_PAGE, MAX_PAGE } from "../../kit/page.ts";

/** The assumed length of a list without `first`: identities, products, receipts. */
const UNPAGED_LIST = 5;

export interface CostQuestion {
  document: DocumentNode;
  operation: OperationDefinitionNode;
  variables: Readonly<Record<string, unknown>>;
}

/**
 * The most objects that an operation can ask for: one for each field with an object, times the rows of every list
 * around it. It is computed from the document alone, before anything is read.
 */
export function costMeter(schema: GraphQLSchema): (question: CostQuestion) => number {
  const fixed = new WeakMap<OperationDefinitionNode, number>();
  return (question) => {
    const known = fixed.get(question.operation);
    if (known !== undefined) return known;
    const walk = walkOf(schema, question);
    const root = schema.getRootType(question.operation.operation);
    const cost = root ? costOf(walk, question.operation.selectionSet, root) : 0;
    // Without variables in list sizes the cost holds for every later request.
    if (!walk.dependsOnVariables) fixed.set(question.operation, cost);
    return cost;
  };
}

interface Walk {
  schema: GraphQLSchema;
  variables: Readonly<Record<string, unknown>>;
  fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  costs: Map<string, number>;
  dependsOnVariables: boolean;
}

function walkOf(schema: GraphQLSchema, { document, variables }: CostQuestion): Walk {
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const node of document.definitions)
    if (node.kind === Kind.FRAGMENT_DEFINITION) fragments.set(node.name.value, node);
  return { schema, variables, fragments, costs: new Map(), dependsOnVariables: false };
}

function costOf(walk: Walk, set: SelectionSetNode, type: GraphQLCompositeType): number {
  let cost = 0;
  for (const node of set.selections) {
    if (node.kind === Kind.FIELD) cost += costOfField(walk, node, type);
    else if (node.kind === Kind.INLINE_FRAGMENT)
      cost += costOf(walk, node.selectionSet, named(walk, node.typeCondition?.name.value) ?? type);
    else cost += costOfFragment(walk, node.name.value);
  }
  return cost;
}

function costOfFragment(walk: Walk, name: string): number {
  const fragment = walk.fragments.get(name);
  const type = named(walk, fragment?.typeCondition.name.value);
  if (!fragment || !type) return 0;
  const cost = walk.costs.get(name) ?? costOf(walk, fragment.selectionSet, type);
  walk.costs.set(name, cost);
  return cost;
}

function costOfField(walk: Walk, node: FieldNode, parent: GraphQLCompositeType): number {
  const field = isObjectType(parent) || isInterfaceType(parent) ? parent.getFields()[node.name.value] : undefined;
  const type = field && getNamedType(field.type);
  if (!field || !isCompositeType(type) || !node.selectionSet) return 0;
  const row = (isFrame(type) ? 0 : 1) + costOf(walk, node.selectionSet, type);
  return Math.max(1, rowsOf(walk, node, field, parent) * row);
}

/** A connection's rows count where `first` is; its edges and nodes are the same rows. */
function rowsOf(
  walk: Walk,
  node: FieldNode,
  field: GraphQLField<unknown, unknown>,
  parent: GraphQLCompositeType,
): number {
  if (field.args.some(({ name }) => name === "first")) {
    const asked = Math.max(numberOf(walk, node, "first"), numberOf(walk, node, "last"));
    return asked > 0 ? Math.min(asked, MAX_PAGE) : DEFAULT_PAGE;
  }
  if (!isListType(getNullableType(field.type)) || isFrame(parent)) return 1;
  return field.args.length > 0 ? longestArgumentOf(walk, node) : UNPAGED_LIST;
}

/** Whether a type only holds the rows of a page. */
function isFrame({ name }: GraphQLCompositeType): boolean {
  return name.endsWith("Connection") || name.endsWith("Edge") || name === "PageInfo";
}

function numberOf(walk: Walk, node: FieldNode, name: string): number {
  const given = node.arguments?.find((argument) => argument.name.value === name)?.value;
  if (given?.kind === Kind.INT) return Number(given.value);
  if (given?.kind !== Kind.VARIABLE) return 0;
  walk.dependsOnVariables = true;
  const value = walk.variables[given.name.value];
  return typeof value === "number" ? value : 0;
}

/** `nodes(ids: […])` has as many rows as ids. */
function longestArgumentOf(walk: Walk, node: FieldNode): number {
  const lengths = (node.arguments ?? []).map(({ value }) => {
    if (value.kind === Kind.LIST) return value.values.length;
    if (value.kind !== Kind.VARIABLE) return 0;
    walk.dependsOnVariables = true;
    const given = walk.variables[value.name.value];
    return Array.isArray(given) ? given.length : 0;
  });
  return Math.max(UNPAGED_LIST, ...lengths);
}

function named(walk: Walk, name: string | undefined): GraphQLCompositeType | undefined {
  const type = name ? walk.schema.getType(name) : undefined;
  return isCompositeType(type) ? type : undefined;
}
