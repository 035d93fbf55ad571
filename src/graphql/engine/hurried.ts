import { type DocumentNode, Kind, type OperationDefinitionNode, type SelectionSetNode } from "graphql";
import type { RequestContext } from "../../request.ts";

/** What is asked while somebody is on the line: it has a door of its own, and is turned away rather than answered late. */
const HURRIED: ReadonlySet<string> = new Set(["lookupCaller", "customer"]);

const known = new WeakMap<OperationDefinitionNode, boolean>();

/** Whether an operation asks for nothing else. */
export function isHurried(document: DocumentNode, operation: OperationDefinitionNode): boolean {
  const said = known.get(operation) ?? areHurried(document, operation.selectionSet);
  known.set(operation, said);
  return operation.operation === "query" && said;
}

function areHurried(document: DocumentNode, { selections }: SelectionSetNode): boolean {
  return selections.every((node) => {
    if (node.kind === Kind.FIELD) return HURRIED.has(node.name.value);
    if (node.kind === Kind.INLINE_FRAGMENT) return areHurried(document, node.selectionSet);
    const { name } = node;
    const fragment = document.definitions.find(
      (one) => one.kind === Kind.FRAGMENT_DEFINITION && one.name.value === name.value,
    );
    return fragment?.kind === Kind.FRAGMENT_DEFINITION && areHurried(document, fragment.selectionSet);
  });
}

interface HeldPlace {
  /** Gives the place behind the door back: once the request is executed, whatever became of it. */
  leave(): void;
  /** Lets paced work go on: once the request is answered. */
  finish(): void;
}

/** The place of a request; of one that came through no door, nothing. */
export const placeOfRequest = (_: RequestContext): HeldPlace => ({ leave: () => {}, finish: () => {} });
