import { Field, InputType, Int, registerEnumType } from "type-graphql";
import { SESSION_TIMEOUT_MINUTES } from "../facts/sessions.ts";
import type { Container } from "../journeys/container.ts";
import type { Dictionaries } from "../journeys/dictionary.ts";
import { enumOf } from "../kit/enum.ts";
import { ContainerEnum } from "./container.type.ts";
import { type Dimension, DimensionEnum, MatcherInput, SequenceInput } from "./filter.type.ts";

// What a report counts along in place of a dimension: a value that is carried along the journey, or named filters.

const ALLOCATIONS = ["MOST_RECENT", "ORIGINAL", "FIRST_KNOWN", "LAST_KNOWN", "ALL"] as const;
export type Allocation = (typeof ALLOCATIONS)[number];
export const AllocationEnum = enumOf(ALLOCATIONS);
registerEnumType(AllocationEnum, {
  name: "Allocation",
  description: "Which value an event carries of those that are stated within the expiry.",
  valuesConfig: {
    MOST_RECENT: { description: "The latest one up to the event, its own included." },
    ORIGINAL: { description: "The first one up to the event; the next one after it has expired." },
    FIRST_KNOWN: { description: "The first one of the container, also for the events before it." },
    LAST_KNOWN: { description: "The last one of the container, also for the events before it." },
    ALL: {
      description:
        "Each of those up to the event. Each gets the whole of it, so that rows add up to more than the total.",
    },
  },
});

@InputType({ description: "How long a value is carried." })
export class CarriedExpiryInput {
  @Field(() => ContainerEnum, { defaultValue: "SESSION", description: "Within what it is carried." })
  container: Container = "SESSION";

  @Field(() => Int, {
    defaultValue: SESSION_TIMEOUT_MINUTES,
    description: "The longest pause within a session in minutes.",
  })
  sessionTimeoutMinutes: number = SESSION_TIMEOUT_MINUTES;

  @Field(() => Int, {
    nullable: true,
    description: "For so many minutes from the event that states it, inclusive. Of MOST_RECENT and ORIGINAL only.",
  })
  minutes?: number | null;

  @Field(() => MatcherInput, {
    nullable: true,
    description: "Up to such an event, which has it still. Of MOST_RECENT and ORIGINAL only.",
  })
  event?: MatcherInput | null;
}

@InputType({
  description:
    "A value that events carry from those that state it, such as the last page before a call. It is looked for in all that happened before the end of the period.",
})
export class CarriedInput {
  @Field(() => DimensionEnum, { description: "What is carried." })
  dimension!: Dimension;

  @Field(() => AllocationEnum, { defaultValue: "MOST_RECENT", description: "Which of its values." })
  allocation: Allocation = "MOST_RECENT";

  @Field(() => CarriedExpiryInput, { nullable: true, description: "For how long: its session when left out." })
  expiry?: CarriedExpiryInput | null;
}

@InputType({
  description:
    "A named filter: the events that a matcher means, or a sequence keeps. An event may be in several facets; totals count it once.",
})
export class FacetInput {
  @Field(() => String, { description: "What to call it; no two facets of a report are called the same." })
  name!: string;

  @Field(() => MatcherInput, { nullable: true, description: "The events; give this or `sequence`." })
  matcher?: MatcherInput | null;

  @Field(() => SequenceInput, { nullable: true, description: "The events that it keeps; give this or `matcher`." })
  sequence?: SequenceInput | null;
}

/** What a value's number is called: a text, or one of the facets. */
export function namesAlong(
  { texts }: Dictionaries,
  facets: readonly Pick<FacetInput, "name">[] | null | undefined,
): (value: number) => string | null {
  return facets ? (value) => facets[value]?.name ?? null : (value) => texts.of(value);
}
