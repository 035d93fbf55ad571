import { Field, Float, InputType, Int, ObjectType } from "type-graphql";
import { SESSION_TIMEOUT_MINUTES } from "../../facts/sessions.ts";
import { PeriodInput } from "../../facts/values.type.ts";
import type { Container } from "../../journeys/container.ts";
import { FacetInput } from "../along.type.ts";
import { ContainerEnum } from "../container.type.ts";
import { AudienceInput, MatcherInput } from "../filter.type.ts";
import { KnownInput, KnownReport } from "../known.type.ts";

@InputType({ description: "A step of the path." })
export class FalloutStepInput {
  @Field(() => String, { description: "What to call it." })
  name!: string;

  @Field(() => [MatcherInput], { description: "An event that any of these means takes the step; at most 20." })
  anyOf!: MatcherInput[];

  @Field(() => Boolean, {
    defaultValue: false,
    description: "Only the very next event after the step before takes it; else any later one does.",
  })
  immediately: boolean = false;

  @Field(() => Int, { nullable: true, description: "The longest time since the step before, inclusive." })
  withinMinutes?: number | null;
}

@InputType({ description: "Where customers leave an ordered path." })
export class FalloutInput extends KnownInput {
  @Field(() => PeriodInput, { description: "When all the steps happened." })
  period!: PeriodInput;

  @Field(() => [FalloutStepInput], {
    description: "The steps in order, 2 to 20, or 1 with `includeAll`. No event takes two steps.",
  })
  steps!: FalloutStepInput[];

  @Field(() => ContainerEnum, {
    defaultValue: "CUSTOMER",
    description: "Within what the path has to be walked, and so what is counted.",
  })
  container: Container = "CUSTOMER";

  @Field(() => Int, { defaultValue: SESSION_TIMEOUT_MINUTES, description: "The longest pause within a session." })
  sessionTimeoutMinutes: number = SESSION_TIMEOUT_MINUTES;

  @Field(() => Int, { nullable: true, description: "The longest time from the first step to any other, inclusive." })
  withinMinutes?: number | null;

  @Field(() => Boolean, {
    defaultValue: false,
    description:
      "Each step has to be later than the one before; else one at the same instant may follow it, in the order of events.",
  })
  strictly: boolean = false;

  @Field(() => Boolean, {
    defaultValue: false,
    description:
      "Counts walks in place of customers or sessions: whoever took the last step begins anew with what comes after it, with `strictly` with what comes later. Not together with `includeAll`.",
  })
  reEntry: boolean = false;

  @Field(() => Boolean, {
    defaultValue: false,
    description: "Begins with everybody: all customers, or sessions, with any event in the period.",
  })
  includeAll: boolean = false;

  @Field(() => AudienceInput, { nullable: true, description: "Who counts at all." })
  audience?: AudienceInput | null;

  @Field(() => [FacetInput], {
    nullable: true,
    description: "Compares those with an event of each of these named filters in the period, 1 to 10.",
  })
  facets?: FacetInput[] | null;
}

@ObjectType("FalloutStep", {
  simpleResolvers: true,
  description:
    "How many came this far. Whoever has several ways of walking the path is counted by the one that leads furthest.",
})
export class FalloutStepType {
  @Field(() => String, { description: "Its name; All customers or All sessions for the first line with `includeAll`." })
  name!: string;

  @Field(() => Int, { description: "Customers, or sessions, that took this step and all before it, in order." })
  count!: number;

  @Field(() => Float, { nullable: true, description: "Share of the first line; null when that is empty." })
  ofFirst!: number | null;

  @Field(() => Float, {
    nullable: true,
    description: "Share of the line before, 1 for the first; null when that is empty.",
  })
  ofPrevious!: number | null;

  @Field(() => Int, { description: "Came to the line before and no further, and no longer can." })
  dropped!: number;

  @Field(() => Int, {
    description:
      "Came to the line before, and at the end of the period, or now when that is earlier, still had time left for this step. Only where a time limit applies.",
  })
  pending!: number;

  @Field(() => Float, {
    nullable: true,
    description:
      "Median seconds from the step before, over all who took this one: from the latest event that leads to its first completion. Null when nobody did.",
  })
  medianSecondsFromPrevious!: number | null;
}

@ObjectType("FalloutFacet", {
  simpleResolvers: true,
  description: "The path of the customers, or sessions, with an event of one facet in the period.",
})
export class FalloutFacetType {
  @Field(() => String, { description: "The facet's name." })
  name!: string;

  @Field(() => [FalloutStepType], { description: "The steps, in the order asked for." })
  steps!: FalloutStepType[];
}

@ObjectType("FalloutReport", { simpleResolvers: true, description: "An ordered path, and who left it where." })
export class FalloutReportType extends KnownReport {
  @Field(() => [FalloutStepType], { description: "The steps, in the order asked for." })
  steps!: FalloutStepType[];

  @Field(() => [FalloutFacetType], { description: "The same by facet, in the order asked for; empty without any." })
  facets!: FalloutFacetType[];
}
