import type { AggregateInput } from "../../../src/reports/aggregate/aggregate.type.ts";
import { valuesOf } from "../kit/along.ts";
import { contactsIn, interactionOf, isLeg } from "../kit/contacts.ts";
import { belongs, compare, fits, isWithin, sessionOf, unique } from "../kit/recount.ts";
import type { Told } from "../kit/world.ts";

// `aggregate` once more, slow and obvious.

/** A unit: those of its events that are meant, in order. */
export type Unit = readonly Told[];

/** What events are of the same unit by. */
function keyOf(world: readonly Told[], event: Told, { of, sessionTimeoutMinutes, period }: AggregateInput): string {
  switch (of) {
    case "CUSTOMERS":
      return event.customerId;
    case "CONTACTS":
      return contactsIn(world).get(event.id)!;
    case "INTERACTIONS":
      return interactionOf(event);
    case "TOUCHPOINTS":
      return event.id;
    case "JOURNEYS": {
      const past = world.filter(({ at }) => at < period.to);
      return sessionOf(past, event, sessionTimeoutMinutes)[0]!.id;
    }
  }
}

export function unitsOf(world: readonly Told[], input: AggregateInput): Unit[] {
  const { of, period, matcher, audience } = input;
  const meant = world
    .filter(
      (event) =>
        isWithin(period, event) &&
        fits(world, event, matcher, period) &&
        belongs(world, event, audience, period) &&
        (of !== "CUSTOMERS" || event.isIdentified) &&
        (of !== "CONTACTS" || isLeg(event)),
    )
    .sort(compare);
  const keys = meant.map((event) => keyOf(world, event, input));
  return unique(keys).map((key) => meant.filter((_, i) => keys[i] === key));
}

/** The rows that a unit is in, each by its values as JSON. */
export function rowsOf(world: readonly Told[], [event]: Unit, { groupBy, period }: AggregateInput): string[] {
  let rows: (string | null)[][] = [[]];
  for (const { dimension, carried, facets, interval } of groupBy) {
    const along = { dimension: dimension ?? "CHANNEL", carried, facets };
    const values = interval ? [beginningOf(event!.at, interval)] : valuesOf(world, event!, along, period);
    rows = rows.flatMap((row) => (values.length > 0 ? values : [null]).map((value) => [...row, value]));
  }
  return rows.map((row) => JSON.stringify(row));
}

/** Of a day or a month in UTC. */
function beginningOf(at: Date, interval: string): string {
  const digits = interval === "DAY" ? 10 : 7;
  return new Date(at.toISOString().slice(0, digits)).toISOString();
}
