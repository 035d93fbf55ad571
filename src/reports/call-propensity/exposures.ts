import type { Partition } from "../../journeys/columns.ts";
import { addMoney } from "../../journeys/money-sums.ts";
import { placeAmong } from "../../journeys/sums.ts";
import { addTouch, noTouches } from "../touches.ts";
import { compileCost } from "../worth.ts";
import { type CallPropensityPlan, type CallPropensityTally, CONVERSIONS, costKeyOf, EXPOSURES } from "./tally.ts";

/** Of each item, the last session that it was seen in, and its exposure there: a map would be emptied for every session. */
interface Seen {
  sessions: Float64Array;
  exposures: Int32Array;
  /** The number of the session, which no other one of the question has in this thread. */
  session: number;
}

const SEEN = new WeakMap<CallPropensityPlan, Seen>();
/** More than the number of any facet. */
const FACETS = 64;

function seenFor(plan: CallPropensityPlan): Seen {
  const known = SEEN.get(plan);
  if (known) return known;
  const items = Math.max(plan.texts, FACETS);
  const seen = { sessions: new Float64Array(items), exposures: new Int32Array(items), session: 0 };
  SEEN.set(plan, seen);
  return seen;
}

/** The exposures of one journey, while it is walked through, and the calls that follow them. */
export class Exposures {
  private readonly touches = noTouches();
  /** The exposure of each touch; of each exposure, its session. */
  private readonly exposureOf: number[] = [];
  private readonly sessionOf: number[] = [];
  private readonly converted = new Set<number>();
  private readonly convertedSessions = new Set<number>();
  private readonly seen: Seen;
  /** Whether the session has no item yet. */
  private isFresh = true;
  private readonly at: Float64Array;
  private readonly charge: ReturnType<typeof charger>;

  constructor(
    partition: Partition,
    private readonly plan: CallPropensityPlan,
  ) {
    this.at = partition.events.at;
    this.seen = seenFor(plan);
    this.charge = charger(partition, plan);
  }

  begin(): void {
    this.touches.length = 0;
    this.exposureOf.length = 0;
    this.sessionOf.length = 0;
    this.converted.clear();
    this.convertedSessions.clear();
  }

  beginSession(): void {
    this.isFresh = true;
    this.seen.session += 1;
  }

  expose(tally: CallPropensityTally, event: number, item: number): void {
    const { session, sessions, exposures } = this.seen;
    if (sessions[item] !== session) {
      sessions[item] = session;
      exposures[item] = this.sessionOf.length;
      this.sessionOf.push(session);
      if (this.isFresh) tally.sessions += 1;
      this.isFresh = false;
      count(tally, item, EXPOSURES);
    }
    this.exposureOf.push(exposures[item]!);
    addTouch(this.touches, event, { item, at: this.at[event]! });
  }

  /** Converts the exposures that a call follows. */
  follow(tally: CallPropensityTally, call: number): void {
    const { items, at, length } = this.touches;
    const since = this.at[call]! - this.plan.within;
    this.charge.begin();
    for (let i = length - 1; i >= 0 && at[i]! >= since; i -= 1) {
      this.charge.item(tally, call, items[i]!);
      this.convert(tally, this.exposureOf[i]!, items[i]!);
    }
  }

  private convert(tally: CallPropensityTally, exposure: number, item: number): void {
    if (this.converted.has(exposure)) return;
    this.converted.add(exposure);
    count(tally, item, CONVERSIONS);
    const session = this.sessionOf[exposure]!;
    if (this.convertedSessions.has(session)) return;
    this.convertedSessions.add(session);
    tally.converted += 1;
  }
}

function count({ items }: CallPropensityTally, item: number, which: number): void {
  const place = placeAmong(items, item) * items.width;
  items.values.values[place + which]! += 1;
}

/** What adds the cost of a call to each item that it followed, once. */
function charger(partition: Partition, plan: CallPropensityPlan) {
  const costOf = compileCost(partition);
  const charged = new Set<number>();
  const begin = () => charged.clear();
  const item = ({ costs }: CallPropensityTally, call: number, item: number): void => {
    if (charged.has(item)) return;
    charged.add(item);
    const cost = costOf(call);
    addMoney(costs, costKeyOf(item, cost.currency, plan), cost);
  };
  return { begin, item };
}
