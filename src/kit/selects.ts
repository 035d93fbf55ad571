import type { GraphQLResolveInfo, SelectionNode } from "graphql";

/** Whether a query asks for a field below its own, such as `nodes.customer`, by whatever fragments. */
export function selects({ fieldNodes, fragments }: GraphQLResolveInfo, ...path: string[]): boolean {
  const fieldsOf = (selections: readonly SelectionNode[]): SelectionNode[] =>
    selections.flatMap((selection) => {
      if (selection.kind === "Field") return [selection];
      const { selectionSet } = selection.kind === "FragmentSpread" ? fragments[selection.name.value]! : selection;
      return fieldsOf(selectionSet.selections);
    });
  let reached: readonly SelectionNode[] = fieldNodes;
  for (const name of path) {
    reached = fieldsOf(
      reached.flatMap((field) => ("selectionSet" in field ? (field.selectionSet?.selections ?? []) : [])),
    ).filter((field) => field.kind === "Field" && field.name.value === name);
  }
  return reached.length > 0;
}
