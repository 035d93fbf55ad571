import type { AggregateInput } from "../../../src/reports/aggregate/aggregate.type.ts";
import type { AggregateMeasureInput } from "../../../src/reports/aggregate/measure.type.ts";
import { valuesOf } from "../kit/along.ts";
import { contactsIn, interactionOf, isLeg } from "../kit/contacts.ts";
import { belongs, compare, earned, fits, isWithin, sessionOf, sum, unique, valueAlong } from "../kit/recount.ts";
import { numberIn, saidAlong, saidOf } from "../kit/said.ts";
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
  for (const group of groupBy) {
    const values = valuesIn(world, event!, group, period);
    rows = rows.flatMap((row) => (values.length > 0 ? values : [null]).map((value) => [...row, value]));
  }
  return rows.map((row) => JSON.stringify(row));
}

function valuesIn(
  world: readonly Told[],
  event: Told,
  { dimension, carried, facets, attribute, interval }: AggregateInput["groupBy"][number],
  period: AggregateInput["period"],
): string[] {
  if (interval) return [beginningOf(event.at, interval)];
  if (!attribute) return valuesOf(world, event, { dimension: dimension ?? "CHANNEL", carried, facets }, period);
  return saidAlong(event, attribute);
}

/** Of a day or a month in UTC. */
function beginningOf(at: Date, interval: string): string {
  const digits = interval === "DAY" ? 10 : 7;
  return new Date(at.toISOString().slice(0, digits)).toISOString();
}

/** What a measure tells of units, of all of which they are a part. */
export function measured(
  world: readonly Told[],
  { units, all }: { units: readonly Unit[]; all: readonly Unit[] },
  asked: AggregateMeasureInput,
): number | null {
  const numberOf = ([event, ...more]: Unit): number | null => {
    if (asked.number === "TOUCHPOINTS") return 1 + more.length;
    if (asked.number === "SECONDS") return ((event!.until ?? event!.at).getTime() - event!.at.getTime()) / 1000;
    if (asked.attribute !== "revenue.EUR") return numberIn(saidOf(event!, asked.attribute!));
    const [amount, currency] = earned(world, event!) ?? [];
    return currency === "EUR" ? amount! : null;
  };
  const isPlain = asked.number == null && asked.attribute == null;
  const numbersOf = (some: readonly Unit[]) => (isPlain ? [] : some.map(numberOf).filter((number) => number !== null));
  const numbers = asked.measure === "DISTINCT" ? [] : numbersOf(units).sort((a, b) => a - b);
  const at = (share: number) => {
    const place = share * (numbers.length - 1);
    const [low, high] = [numbers[Math.floor(place)]!, numbers[Math.ceil(place)]!];
    return low + (high - low) * (place - Math.floor(place));
  };
  switch (asked.measure) {
    case "COUNT":
      return isPlain ? units.length : numbers.length;
    case "CUSTOMERS":
      return unique(units.filter(([event]) => event!.isIdentified).map(([event]) => event!.customerId)).length;
    case "DISTINCT": {
      const values = units.flatMap(([event]) => {
        const value = asked.dimension ? valueAlong(world, event!, asked.dimension) : saidOf(event!, asked.attribute!);
        return value === null ? [] : [value].flat().map(String);
      });
      return unique(values).length;
    }
    case "SHARE": {
      const [part, whole] = isPlain ? [units.length, all.length] : [sum(numbers), sum(numbersOf(all))];
      return whole === 0 ? null : part / whole;
    }
    default:
      if (numbers.length === 0) return null;
  }
  switch (asked.measure) {
    case "SUM":
      return sum(numbers);
    case "AVERAGE":
      return sum(numbers) / numbers.length;
    case "MIN":
      return numbers[0]!;
    case "MAX":
      return numbers.at(-1)!;
    case "MEDIAN":
      return at(0.5);
    case "PERCENTILE":
      return at(asked.percentile!);
  }
}
