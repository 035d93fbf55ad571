import { stateCustomer } from "./customers.ts";
import { disturb } from "./disorder.ts";
import { live } from "./journeys.ts";
import { peopleOf } from "./people.ts";
import type { DemoRecord, Posted, World } from "./post.ts";
import { openRandom } from "./random.ts";
import { advertisedCalls, branchKiosk, offlineCalls, rightNow, withheldCalls } from "./scenes.ts";
import { tellStories } from "./stories.ts";

export interface DemoOptions {
  seed: number;
  /** Milliseconds; the two months of demo data end here. */
  now: number;
}

/** All records of the demo data, in the order in which they arrived. The same options give the same records. */
export function demoData({ seed, now }: DemoOptions): DemoRecord[] {
  const world: World = { now, random: openRandom(seed), posted: [], counters: new Map() };
  const people = peopleOf(world.random.fork("people"));
  for (const person of people) {
    stateCustomer(world, person);
    live(world, person);
  }
  withheldCalls(world);
  offlineCalls(world, people);
  advertisedCalls(world, people);
  branchKiosk(world, people);
  rightNow(world, people);
  // The stories are told after the disorder: README counts on them.
  const stories: World = { ...world, posted: [] };
  tellStories(stories);
  return inOrder([...disturb(world), ...stories.posted]);
}

function inOrder(posted: readonly Posted[]): DemoRecord[] {
  return [...posted].sort((a, b) => a.arrivesAt - b.arrivesAt).map(({ record }) => record);
}
