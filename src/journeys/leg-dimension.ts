import { NO_CODE, type Partition } from "./columns.ts";
import { compileDimension, type DimensionPlan } from "./dimension.ts";
import type { Journey } from "./fold.ts";

/** The number of a leg's value. */
export type ReadLegValue = (row: number, journey: Journey) => number;

/** What reads a dimension of legs: of those that are no events too, such as a leg on the web. */
export function compileLegDimension(partition: Partition, reading: DimensionPlan): ReadLegValue {
  const { legs, customers } = partition;
  switch (reading.by) {
    case "LEG_OR_ITEM": {
      const own = legs[reading.own];
      const name = compileOfEvent(partition, { ...reading, by: "ITEM" });
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
      return compileOfEvent(partition, reading);
  }
}

/** What only the event that a leg is can tell. */
function compileOfEvent(partition: Partition, reading: DimensionPlan): ReadLegValue {
  const { isLeg, link } = partition.events;
  const events = new Int32Array(partition.legs.at.length).fill(-1);
  for (let event = 0; event < isLeg.length; event += 1) if (isLeg[event]) events[link[event]!] = event;
  const value = compileDimension(partition, reading);
  return (row, journey) => (events[row] === -1 ? -1 : value(events[row]!, journey));
}
