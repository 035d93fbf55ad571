import { IS_NOBODY } from "../../journeys/columns.ts";
import type { Fold } from "../../journeys/fold.ts";
import { NOWHERE, type PathsPlan, pathsOf } from "./paths.ts";

/** How many paths have each value, place by place. */
export type FlowValues = Map<number, number>[];

export const flowValuesFold: Fold<PathsPlan, FlowValues> = {
  name: "flow-values",
  empty: ({ before, after }) => Array.from({ length: before.steps + 1 + after.steps }, () => new Map()),
  over(partition, plan) {
    let counts: FlowValues = [];
    const walk = pathsOf(partition, plan, (places) => {
      for (let place = 0; place < places.length; place += 1) {
        if (places[place]! >= 0) add(counts[place]!, places[place]!, 1);
      }
    });
    return (tally, journey) => {
      counts = tally;
      walk(journey);
    };
  },
  merge(tally, later) {
    tally.forEach((counts, place) => {
      for (const [value, count] of later[place]!) add(counts, value, count);
    });
  },
};

function add(counts: Map<number, number>, value: number, count: number): void {
  counts.set(value, (counts.get(value) ?? 0) + count);
}

/** Which values have a node of their own. */
export interface FlowPlan {
  paths: PathsPlan;
  /** Place by place. */
  shown: readonly (readonly number[])[];
  /** The most values that a place shows. */
  most: number;
}

/** Nodes are numbered place by place, as many as `nodesAPlace` each. */
export interface FlowTally {
  counts: number[];
  /** Identified customers. */
  customers: number[];
  /** From each node to each of the next place. */
  links: number[];
}

/** The nodes of a place: a node for each value shown, one for all others, and one for each mark of `paths` but NOWHERE. */
export const nodesAPlace = ({ most }: FlowPlan): number => most + 4;

/** How many paths go through each node, and from each to those of the next place. */
export const flowFold: Fold<FlowPlan, FlowTally> = {
  name: "flow",
  empty(plan) {
    const width = nodesAPlace(plan);
    const nodes = plan.shown.length * width;
    return { counts: zeros(nodes), customers: zeros(nodes), links: zeros(nodes * width) };
  },
  over(partition, plan) {
    let tally: FlowTally = { counts: [], customers: [], links: [] };
    const width = nodesAPlace(plan);
    const { flags } = partition.customers;
    /** Of each node, the customer who was counted last. */
    const counted = new Int32Array(plan.shown.length * width).fill(-1);
    const walk = pathsOf(partition, plan.paths, (places, journey) => {
      let before = -1;
      for (let place = 0; place < places.length; place += 1) {
        const mark = places[place]!;
        if (mark === NOWHERE) continue;
        const here = nodeOf(plan, place, mark);
        const node = place * width + here;
        tally.counts[node]! += 1;
        if (before !== -1) tally.links[before * width + here]! += 1;
        before = node;
        if (counted[node] === journey.customer) continue;
        counted[node] = journey.customer;
        if (!(flags[journey.customer]! & IS_NOBODY)) tally.customers[node]! += 1;
      }
    });
    return (into, journey) => {
      tally = into;
      walk(journey);
    };
  },
  merge(tally, later) {
    for (const name of ["counts", "customers", "links"] as const) {
      const sums = tally[name];
      for (let i = 0; i < sums.length; i += 1) sums[i]! += later[name][i]!;
    }
  },
};

const zeros = (length: number): number[] => Array(length).fill(0);

/** Which node of its place a value, or a mark, belongs to. */
function nodeOf({ shown, most }: FlowPlan, place: number, value: number): number {
  if (value < 0) return most - value;
  const rank = shown[place]!.indexOf(value);
  return rank === -1 ? most : rank;
}
