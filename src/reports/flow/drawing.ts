import { byText } from "../../kit/order.ts";
import type { KnownReport } from "../known.type.ts";
import { type FlowPlan, type FlowTally, nodesAPlace } from "./flow.fold.ts";
import type { FlowLinkType, FlowNodeKind, FlowNodeType, FlowReportType } from "./flow.type.ts";

export type TextOf = (value: number) => string;

/** The nodes and links that any path goes through, under the names of their values. */
export function drawn(plan: FlowPlan, tally: FlowTally, textOf: TextOf): Omit<FlowReportType, keyof KnownReport> {
  const width = nodesAPlace(plan);
  const anchor = plan.paths.before.steps;
  const paths = tally.counts.slice(anchor * width, (anchor + 1) * width).reduce((sum, count) => sum + count, 0);
  const nodes = flowNodesOf(plan, textOf).map((named, node): FlowNodeType | null => {
    const count = tally.counts[node]!;
    return named && { ...named, count, customers: tally.customers[node]!, shareOfAnchor: count / paths };
  });
  const met = nodes.filter((node): node is FlowNodeType => node !== null && node.count > 0);
  return { nodes: met.sort(byRank), links: linksOf(tally, nodes, width) };
}

/** What each node is called; null where a place shows fewer values than it may. */
export function flowNodesOf(
  plan: FlowPlan,
  textOf: TextOf,
): (Pick<FlowNodeType, "id" | "step" | "kind" | "item"> | null)[] {
  const width = nodesAPlace(plan);
  return Array.from({ length: plan.shown.length * width }, (_, node) => {
    const [place, here] = [Math.floor(node / width), node % width];
    const step = place - plan.paths.before.steps;
    const kind = kindOf(here, plan.most);
    const value = plan.shown[place]![here];
    if (kind !== "ITEM") return { id: `${step}/${kind}`, step, kind, item: null };
    if (value === undefined) return null;
    return { id: `${step}/${kind}/${textOf(value)}`, step, kind, item: textOf(value) };
  });
}

/** Behind the values that are shown: all others, then what `paths` marks. */
const OTHER_KINDS = ["OTHER", "NONE", "ENTRY", "EXIT"] as const;

function kindOf(here: number, most: number): FlowNodeKind {
  return here < most ? "ITEM" : OTHER_KINDS[here - most]!;
}

function byRank(a: FlowNodeType, b: FlowNodeType): number {
  return (
    a.step - b.step ||
    Number(a.kind !== "ITEM") - Number(b.kind !== "ITEM") ||
    b.count - a.count ||
    byText(a.item ?? "", b.item ?? "") ||
    byText(a.kind, b.kind)
  );
}

function linksOf({ links }: FlowTally, nodes: readonly (FlowNodeType | null)[], width: number): FlowLinkType[] {
  return links
    .flatMap((count, link) => {
      if (count === 0) return [];
      const node = Math.floor(link / width);
      const target = (Math.floor(node / width) + 1) * width + (link % width);
      return [{ source: nodes[node]!, target: nodes[target]!, count }];
    })
    .sort(
      (a, b) =>
        a.source.step - b.source.step || b.count - a.count || byEnd(a.source, b.source) || byEnd(a.target, b.target),
    )
    .map(({ source, target, count }) => ({ sourceNodeId: source.id, targetNodeId: target.id, count }));
}

/** Values before what is none. */
function byEnd(a: FlowNodeType, b: FlowNodeType): number {
  if (a.item === null || b.item === null) {
    return Number(a.item === null) - Number(b.item === null) || byText(a.kind, b.kind);
  }
  return byText(a.item, b.item);
}
