import { Field, Float, InputType, Int, ObjectType } from "type-graphql";
import { PeriodInput } from "../../facts/values.type.ts";
import type { MatchMethod } from "../../fields/choices.ts";
import { MatchMethodEnum } from "../../fields/choices.type.ts";
import { maybe, sure } from "../../kit/field.ts";
import { KnownInput, KnownReport } from "../known.type.ts";

@InputType({ description: "How well calls are tied to web visits, and touchpoints to customers." })
export class MatchQualityInput extends KnownInput {
  @Field(() => PeriodInput, sure("When calls and touchpoints began."))
  period!: PeriodInput;

  @Field(() => [String], maybe("Sent by one of these systems only."))
  sources?: string[] | null;
}

@ObjectType("MatchMethodCount", { simpleResolvers: true, description: "Calls matched in one way." })
export class MatchMethodCountType {
  @Field(() => MatchMethodEnum, sure("What tied them to the web."))
  method!: MatchMethod;

  @Field(() => Int, sure("Calls."))
  count!: number;
}

@ObjectType("SourceMatch", { simpleResolvers: true, description: "The calls of one sending system." })
export class SourceMatchType {
  @Field(() => String, sure("The system."))
  source!: string;

  @Field(() => Int, sure("Its calls."))
  calls!: number;

  @Field(() => Int, sure("Those that were tied to a web visit."))
  matched!: number;

  @Field(() => Float, maybe("Matched, of calls that are not UNUSABLE."))
  matchRate!: number | null;
}

@ObjectType("MatchQualityReport", {
  simpleResolvers: true,
  description:
    "How well calls are tied to web visits, and touchpoints to customers. Every call is in exactly one of matched, outOfSession, offline, noIdentity and unusable.",
})
export class MatchQualityReportType extends KnownReport {
  @Field(() => Int, sure("Calls, each record once."))
  calls!: number;

  @Field(() => Int, sure("Tied to the web visit that they came out of."))
  matched!: number;

  @Field(
    () => Int,
    sure(
      "Of customers who had been on the web before, but not in the session of the call. A call that was not matched yet counts by whether they had.",
    ),
  )
  outOfSession!: number;

  @Field(() => Int, sure("Of customers who had never been seen on the web."))
  offline!: number;

  @Field(() => Int, sure("Of callers whom nothing identifies."))
  noIdentity!: number;

  @Field(() => Int, sure("With visitor ids that the source's settings give to another system."))
  unusable!: number;

  @Field(() => Float, maybe("Matched, of calls that are not unusable."))
  matchRate!: number | null;

  @Field(
    () => [MatchMethodCountType],
    sure("The matched calls by what tied them, every method once, the surest first."),
  )
  byMethod!: MatchMethodCountType[];

  @Field(() => [SourceMatchType], sure("The calls by sending system, most calls first."))
  bySource!: SourceMatchType[];

  @Field(() => Float, maybe("Share of touchpoints, legs included, that carried an ANCHOR or PERSONAL identity."))
  identifiedBefore!: number | null;

  @Field(() => Float, maybe("Share of them whose customer has one now: what stitching added is the difference."))
  identifiedAfter!: number | null;

  @Field(
    () => Int,
    sure("Identities seen in the period that are several customers' over time, such as a family's phone."),
  )
  sharedIdentities!: number;
}
