import { AppError } from "../kit/errors.ts";
import {
  type AttributeGroup,
  type AttributeValuesPlan,
  attributeValuesPlanOf,
  compileAttributeValues,
} from "./attribute-values.ts";
import { type Carriage, carriageOf, compileCarried, type Expiry } from "./carried.ts";
import type { Partition } from "./columns.ts";
import {
  compileDimension,
  type DimensionName,
  type DimensionPlan,
  dimensionPlanOf,
  type ReadValue,
} from "./dimension.ts";
import type { Journey } from "./fold.ts";
import { compileMatcher, type Matcher, type MatcherPlan, type MatcherScope, matcherPlanOf } from "./matcher.ts";
import type { SequenceOf } from "./sequence.ts";

/** A value that events carry along a journey, as clients say it. */
export interface CarriedDimension {
  dimension: DimensionName;
  allocation: Carriage["allocation"];
  expiry?: Expiry<Matcher> | null;
}

/** A named filter, as clients say it: one of the two. */
export interface Facet {
  name: string;
  matcher?: Matcher | null;
  sequence?: SequenceOf<Matcher> | null;
}

/** Along what events are counted, as clients say it: a dimension, unless a value is carried, or filters are named. */
export interface Along {
  dimension: DimensionName;
  carried?: CarriedDimension | null;
  facets?: readonly Facet[] | null;
  attribute?: AttributeGroup | null;
}

/** The same in numbers. A value is the number of a text; of facets, the place of one. */
export type ValuesPlan =
  | DimensionPlan
  | { by: "CARRIED"; reading: DimensionPlan; carriage: Carriage; ends: MatcherPlan | null }
  | { by: "FACETS"; facets: readonly MatcherPlan[] }
  | AttributeValuesPlan;

const MOST_FACETS = 10;

/** How to read the values. `isOwn` leaves out what a call has from the visit that it came out of. */
export function valuesPlanOf(
  scope: MatcherScope,
  { dimension, carried, facets, attribute }: Along,
  isOwn = false,
): ValuesPlan {
  if ([carried, facets, attribute].filter((one) => one != null).length > 1) {
    throw new AppError("BAD_INPUT", "Count by `carried`, by `facets` or by `attribute`: leave the others out.", [
      "facets",
    ]);
  }
  if (attribute) return attributeValuesPlanOf(scope.dictionary, attribute);
  if (facets) return facetPlanOf(scope, facets);
  if (carried) return carriedPlanOf(scope, carried);
  return dimensionPlanOf(scope.dictionary, dimension, isOwn);
}

export function carriedPlanOf(scope: MatcherScope, { dimension, allocation, expiry }: CarriedDimension): ValuesPlan {
  return {
    by: "CARRIED",
    reading: dimensionPlanOf(scope.dictionary, dimension),
    carriage: carriageOf(allocation, expiry ?? {}, scope.until),
    ends: expiry?.event ? matcherPlanOf(scope, expiry.event) : null,
  };
}

/** The same where an event has room for one value. */
export function singlePlanOf(scope: MatcherScope, carried: CarriedDimension, field: string): ValuesPlan {
  if (carried.allocation === "ALL") {
    throw new AppError("BAD_INPUT", "There is room for one value of an event: carry any but ALL.", [
      field,
      "allocation",
    ]);
  }
  return carriedPlanOf(scope, carried);
}

export function facetPlanOf(scope: MatcherScope, facets: readonly Facet[]): ValuesPlan {
  return { by: "FACETS", facets: facetPlansOf(scope, facets) };
}

export function facetPlansOf(scope: MatcherScope, facets: readonly Facet[]): MatcherPlan[] {
  if (facets.length === 0 || facets.length > MOST_FACETS) {
    throw new AppError("BAD_INPUT", `Name 1 to ${MOST_FACETS} \`facets\`; there are ${facets.length}.`, ["facets"]);
  }
  const names = facets.map(({ name }) => name);
  if (names.includes("") || new Set(names).size < names.length) {
    throw new AppError("BAD_INPUT", "Give each of the `facets` a name of its own.", ["facets"]);
  }
  return facets.map(({ name, matcher, sequence }) => {
    if ((matcher == null) === (sequence == null)) {
      throw new AppError("BAD_INPUT", `Give the facet "${name}" a \`matcher\` or a \`sequence\`.`, ["facets"]);
    }
    return matcherPlanOf(scope, matcher ?? { sequence: sequence! });
  });
}

/** The values of events. */
export interface Values {
  /** Of an event: its value, -1 for none; where it may have several, the number of a list of them. */
  read: ReadValue;
  /** The values of a list, until the next journey is read; null where an event has one value at most. */
  listed: ((list: number) => ArrayLike<number>) | null;
}

/** What reads the values in the columns of this partition. */
export function compileValues(partition: Partition, plan: ValuesPlan): Values {
  switch (plan.by) {
    case "CARRIED": {
      const { carriage, reading, ends } = plan;
      const { read, listed } = compileCarried(partition, carriage, {
        own: compileDimension(partition, reading),
        ends: ends && compileMatcher(partition, ends),
      });
      return { read, listed: carriage.allocation === "ALL" ? listed : null };
    }
    case "FACETS":
      return facetValues(partition, plan.facets);
    case "ATTRIBUTE": {
      const { ofEvent, listed } = compileAttributeValues(partition, plan);
      return { read: ofEvent, listed };
    }
    default:
      return { read: compileDimension(partition, plan), listed: null };
  }
}

const alone = new Int32Array(1);

/** The values of an event: -1 alone where it has none. The list is used again. */
export function valuesAt({ read, listed }: Values, event: number, journey: Journey): ArrayLike<number> {
  const value = read(event, journey);
  if (listed && value !== -1) return listed(value);
  alone[0] = value;
  return alone;
}

/** An event may be in several facets: the number of their list has a bit for each. */
function facetValues(partition: Partition, plans: readonly MatcherPlan[]): Values {
  const facets = plans.map((plan) => compileMatcher(partition, plan));
  const lists = Array.from({ length: 2 ** facets.length }, (_, bits) =>
    [...facets.keys()].filter((i) => bits & (1 << i)),
  );
  return {
    read: (event, journey) => {
      let bits = 0;
      for (let i = 0; i < facets.length; i += 1) if (facets[i]!(event, journey)) bits |= 1 << i;
      return bits === 0 ? -1 : bits;
    },
    listed: (bits) => lists[bits]!,
  };
}

/** The only value of an event, for what knows no more than one. */
export function compileSingle(partition: Partition, plan: ValuesPlan): ReadValue {
  const { read, listed } = compileValues(partition, plan);
  if (listed) throw new Error("An event may have several values here.");
  return read;
}

/** Whether an event may have several values. */
export const mayBeSeveral = (plan: ValuesPlan): boolean =>
  plan.by === "FACETS" ||
  (plan.by === "ATTRIBUTE" && plan.lists !== null) ||
  (plan.by === "CARRIED" && plan.carriage.allocation === "ALL");
