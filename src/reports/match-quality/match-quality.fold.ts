import { CHANNELS, MATCH_METHODS, MATCH_STATUSES, type MatchStatus } from "../../fields/choices.ts";
import { IS_NAMED, IS_NOBODY, NO_CODE, type Partition } from "../../journeys/columns.ts";
import type { Fold, Journey } from "../../journeys/fold.ts";
import type { Meant } from "../../journeys/tables.ts";
import type { Repeats } from "./repeats.ts";

/** What was asked, in numbers. */
export interface MatchQualityPlan extends Repeats {
  from: number;
  to: number;
  /** By source. */
  sources: Meant;
}

export interface MatchQualityTally {
  /** By source, status and method: see `cellOf`. */
  calls: number[];
  touchpoints: number;
  /** Those that named a person themselves, and those whose customer is one now. */
  before: number;
  after: number;
}

/** The last of the methods is none. */
const METHODS = MATCH_METHODS.length + 1;
const CELLS = MATCH_STATUSES.length * METHODS;

/** Where the calls of a source with one status and method are counted. */
export function cellOf(source: number, status: number, method: number): number {
  return source * CELLS + status * METHODS + Math.min(method, METHODS - 1);
}

/** How many calls were tied to the web, and how many touchpoints to somebody, before stitching and after. */
export const matchQualityFold: Fold<MatchQualityPlan, MatchQualityTally> = {
  name: "match-quality",
  empty: ({ sources }) => ({ calls: Array(sources.length * CELLS).fill(0), touchpoints: 0, before: 0, after: 0 }),
  over(partition, plan) {
    const addEvents = eventAdder(partition, plan);
    const addCalls = callAdder(partition, plan);
    return (tally, journey) => {
      addEvents(tally, journey);
      addCalls(tally, journey);
    };
  },
  merge(tally, later) {
    later.calls.forEach((calls, cell) => {
      tally.calls[cell]! += calls;
    });
    tally.touchpoints += later.touchpoints;
    tally.before += later.before;
    tally.after += later.after;
  },
};

type Add = (tally: MatchQualityTally, journey: Journey) => void;

function eventAdder({ events, customers }: Partition, { from, to, sources }: MatchQualityPlan): Add {
  const { at, source, namesPerson } = events;
  return (tally, journey) => {
    let [touchpoints, before] = [0, 0];
    for (let event = journey.from; event < journey.to && at[event]! < to; event += 1) {
      if (at[event]! < from || !sources[source[event]!]) continue;
      touchpoints += 1;
      before += namesPerson[event]!;
    }
    tally.touchpoints += touchpoints;
    tally.before += before;
    if (customers.flags[journey.customer]! & IS_NAMED) tally.after += touchpoints;
  };
}

const VOICE = CHANNELS.indexOf("VOICE");

function callAdder(partition: Partition, { from, to, sources, repeats, firsts }: MatchQualityPlan): Add {
  const { customers, legs } = partition;
  const first = firsts.get(partition.serial)!;
  const statusOf = compileStatus(partition);
  return (tally, journey) => {
    const end = customers.legs[journey.customer + 1]!;
    for (let leg = customers.legs[journey.customer]!; leg < end; leg += 1) {
      const at = legs.at[leg]!;
      if (legs.channel[leg] !== VOICE || legs.isConsult[leg] === 1 || at < from || at >= to) continue;
      if (repeats[first + leg] || !sources[legs.source[leg]!]) continue;
      tally.calls[cellOf(legs.source[leg]!, statusOf(leg, journey), legs.matchMethod[leg]!)]! += 1;
    }
  };
}

const codeOf = (status: MatchStatus) => MATCH_STATUSES.indexOf(status);
const NO_IDENTITY = codeOf("NO_IDENTITY");
const OUT_OF_SESSION = codeOf("OUT_OF_SESSION");
const OFFLINE = codeOf("OFFLINE");
const WEB = CHANNELS.indexOf("WEB");
const APP = CHANNELS.indexOf("APP");

/** A call that was not matched yet is none of the matched: what is known of its caller says which of the others it is. */
function compileStatus({ customers, events, legs }: Partition): (leg: number, journey: Journey) => number {
  const { at, channel } = events;
  return (leg, { customer, from, to }) => {
    const status = legs.matchStatus[leg]!;
    if (status !== NO_CODE) return status;
    if (customers.flags[customer]! & IS_NOBODY) return NO_IDENTITY;
    for (let event = from; event < to && at[event]! <= legs.at[leg]!; event += 1) {
      if (channel[event] === WEB || channel[event] === APP) return OUT_OF_SESSION;
    }
    return OFFLINE;
  };
}
