import { behindFold, takeFrom } from "../../journeys/behind.ts";
import { noSuchCell, wrongCell } from "../people.ts";
import type { FlowCellInput } from "./cell.type.ts";
import { flowNodesOf, type TextOf } from "./drawing.ts";
import { type FlowPlan, flowFold, nodesAPlace } from "./flow.fold.ts";

interface FlowCell {
  of: "counts" | "customers" | "links";
  place: number;
}

export const flowBehind = behindFold({
  fold: flowFold,
  take: (tally, { of, place }: FlowCell) => takeFrom(tally[of], place),
});

export function flowCellOf(plan: FlowPlan, { node, target, figure }: FlowCellInput, textOf: TextOf): FlowCell {
  const ids = flowNodesOf(plan, textOf).map((each) => each?.id ?? null);
  const known = ids.filter((id) => id !== null);
  const placeOf = (id: string): number => {
    if (known.includes(id)) return ids.indexOf(id);
    throw noSuchCell("node", id, known);
  };
  const place = placeOf(node);
  if (target == null) return { of: figure === "COUNT" ? "counts" : "customers", place };
  if (figure !== "COUNT") throw wrongCell("A link counts paths: leave out `figure`, or `target`.");
  const width = nodesAPlace(plan);
  const end = placeOf(target);
  if (Math.floor(end / width) !== Math.floor(place / width) + 1) {
    throw wrongCell(`No link leads from "${node}" to "${target}": name a node and one of the next step.`);
  }
  return { of: "links", place: place * width + (end % width) };
}
