import fc from "fast-check";
import type { AggregateInput } from "../../../src/reports/aggregate/aggregate.type.ts";
import type { AggregateMeasureInput } from "../../../src/reports/aggregate/measure.type.ts";
import * as random from "../kit/random.ts";
import { alongs } from "../kit/random-along.ts";
import type { Person } from "../kit/world.ts";

// Questions for `aggregate`, and worlds in which there is something to say of customers and legs.

const attributes = ["region", "products", "age", "extra.tariff", "intentCategory", "csatScore", "metadata.branch"];
const attribute = fc.oneof(
  fc.constantFrom(...attributes, "isResolved").map((name) => ({ attribute: { attribute: name } })),
  fc.constantFrom("age", "csatScore", "extra.tariff").map((name) => ({
    attribute: { attribute: name, bounds: [2, 4.5, 30] },
  })),
);
const number = fc.oneof(
  fc.constantFrom("TOUCHPOINTS" as const, "SECONDS" as const).map((name) => ({ number: name })),
  fc
    .constantFrom("age", "csatScore", "extra.tariff", "isResolved", "cost.EUR", "revenue.EUR")
    .map((name) => ({ attribute: name })),
);
const measure: fc.Arbitrary<AggregateMeasureInput> = fc.oneof(
  fc.constantFrom("COUNT" as const, "CUSTOMERS" as const, "SHARE" as const).map((name) => ({ measure: name })),
  random.dimensions.map((dimension) => ({ measure: "DISTINCT" as const, dimension })),
  fc.constantFrom(...attributes).map((name) => ({ measure: "DISTINCT" as const, attribute: name })),
  fc
    .tuple(fc.constantFrom("COUNT", "SUM", "AVERAGE", "MIN", "MAX", "MEDIAN", "SHARE"), number)
    .map(([name, of]) => ({ measure: name as AggregateMeasureInput["measure"], ...of })),
  number.map((of) => ({ measure: "PERCENTILE" as const, percentile: 0.9, ...of })),
);

/** What a world's customers and legs say beside what reports look at in other tests. */
const says = fc.infiniteStream(
  fc.record(
    {
      age: fc.constantFrom(1, 20, 40),
      extra: fc.constantFrom({ tariff: "3" }, { tariff: "flat" }, {}),
      intent_category: fc.constantFrom("money", "moving"),
      csat_score: fc.constantFrom(1, 4.5, 5),
      is_resolved: fc.boolean(),
      metadata: fc.constantFrom({ branch: "7" }, { branch: "8" }, { other: "1" }),
    },
    { requiredKeys: [] },
  ),
);
export const worlds = fc.tuple(random.worlds, says).map(([people, stream]) => {
  const pick = (names: string[]) => {
    const said = Object.entries(stream.next().value).filter(([name]) => names.includes(name));
    return Object.fromEntries(said);
  };
  const entries = Object.entries(people).map(([who, person]) => {
    const events = person.events.map((event) => ({
      ...event,
      columns: pick(["intent_category", "csat_score", "is_resolved", "metadata"]),
    }));
    const isSomebody = person.identity !== "RECORD" && person.identity !== "CONTACT";
    return [who, { ...person, events, ...(isSomebody && { columns: pick(["age", "extra"]) }) }];
  });
  return Object.fromEntries(entries) as Record<string, Person>;
});

const group = fc.oneof(
  fc.constantFrom({ interval: "DAY" as const }, { interval: "MONTH" as const }),
  random.dimensions.map((dimension) => ({ dimension })),
  alongs.filter((along) => Object.keys(along).length > 0),
  attribute,
  attribute,
);
export const questions = fc
  .record({
    of: fc.constantFrom<AggregateInput["of"]>("CUSTOMERS", "CONTACTS", "INTERACTIONS", "TOUCHPOINTS", "JOURNEYS"),
    period: random.periods,
    matcher: random.choices,
    audience: random.audiences,
    groupBy: fc.array(group, { maxLength: 2 }),
    measures: fc.array(measure, { minLength: 1, maxLength: 3 }),
    first: fc.integer({ min: 1, max: 4 }),
    sessionTimeoutMinutes: random.timeouts,
  })
  .filter(({ of, measures }) => of !== "CONTACTS" || measures.every((one) => one.number !== "TOUCHPOINTS"));
