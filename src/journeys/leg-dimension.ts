import { compileAttributeValues } from "./attribute-values.ts";
import { NO_CODE, type Partition } from "./columns.ts";
import type { DimensionPlan } from "./dimension.ts";
import type { Journey } from "./fold.ts";
import type { MatcherPlan } from "./matcher.ts";
import { compileValues, type Values, type ValuesPlan } from "./values.ts";

/** The number of a leg's value. */
type ReadLegValue = (row: number, journey: Journey) => number;

/** The values of legs. */
export interface LegValues {
  read: ReadLegValue;
  listed: Values["listed"];
}

/** What reads the values of legs: along a dimension, of those that are no events too, such as a leg on the web. */
export function compileLegValues(partition: Partition, plan: ValuesPlan): LegValues {
  if (plan.by === "CARRIED" || plan.by === "FACETS") return compileOfEvent(partition, plan);
  if (plan.by === "ATTRIBUTE") {
    const { ofLeg, listed } = compileAttributeValues(partition, plan);
    return { read: ofLeg, listed };
  }
  return { read: compileLegDimension(partition, plan), listed: null };
}

/** Whether a matcher means the event that a leg is; without one, all legs are meant. */
export function compileLegMatcher(
  partition: Partition,
  matcher: MatcherPlan,
): (row: number, journey: Journey) => boolean {
  if (matcher.length === 0) return () => true;
  const { read } = compileOfEvent(partition, { by: "FACETS", facets: [matcher] });
  return (row, journey) => read(row, journey) !== -1;
}

function compileLegDimension(partition: Partition, reading: DimensionPlan): ReadLegValue {
  const { legs, customers } = partition;
  switch (reading.by) {
    case "LEG_OR_ITEM": {
      const own = legs[reading.own];
      const name = compileOfEvent(partition, { ...reading, by: "ITEM" }).read;
      return (row, journey) => (own[row] === -1 ? name(row, journey) : own[row]!);
    }
    case "CONTEXT": {
      const own = legs[reading.own];
      const brought = reading.brought && legs[reading.brought];
      return (row) => (own[row] === -1 && brought ? brought[row]! : own[row]!);
    }
    case "LEG": {
      const own = legs[reading.own];
      return (row) => own[row]!;
    }
    case "OUTCOME":
      return (row) => (legs.outcome[row] === NO_CODE ? -1 : reading.texts[legs.outcome[row]!]!);
    case "CHANNEL":
      return (row) => reading.texts[legs.channel[row]!]!;
    case "SOURCE":
      return (row) => reading.texts[legs.source[row]!]!;
    case "SEGMENT":
      return (_, { customer }) => customers.segment[customer]!;
    case "ITEM":
    case "STAGE":
      return compileOfEvent(partition, reading).read;
  }
}

/** What only the event that a leg is can tell. */
function compileOfEvent(partition: Partition, plan: ValuesPlan): LegValues {
  const { isLeg, link } = partition.events;
  const events = new Int32Array(partition.legs.at.length).fill(-1);
  for (let event = 0; event < isLeg.length; event += 1) if (isLeg[event]) events[link[event]!] = event;
  const { read, listed } = compileValues(partition, plan);
  return { read: (row, journey) => (events[row] === -1 ? -1 : read(events[row]!, journey)), listed };
}
