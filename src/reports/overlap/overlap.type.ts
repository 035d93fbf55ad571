import { Field, Float, InputType, Int, ObjectType } from "type-graphql";
import { SESSION_TIMEOUT_MINUTES } from "../../facts/sessions.ts";
import { PeriodInput } from "../../facts/values.type.ts";
import type { Container } from "../../journeys/container.ts";
import { ContainerEnum } from "../container.type.ts";
import { AudienceInput, MatcherInput } from "../filter.type.ts";
import { KnownInput, KnownReport } from "../known.type.ts";

@InputType({ description: "A circle of the diagram." })
export class OverlapSetInput {
  @Field(() => String, { description: "What to call it; unique in the question." })
  name!: string;

  @Field(() => MatcherInput, { description: "One such event in the period puts a customer, or a session, in the set." })
  matcher!: MatcherInput;
}

@InputType({ description: "How many customers, or sessions, are in several sets at once." })
export class OverlapInput extends KnownInput {
  @Field(() => PeriodInput, { description: "When the events happened." })
  period!: PeriodInput;

  @Field(() => [OverlapSetInput], { description: "The sets, 2 to 6." })
  sets!: OverlapSetInput[];

  @Field(() => ContainerEnum, { defaultValue: "CUSTOMER", description: "What is counted." })
  container: Container = "CUSTOMER";

  @Field(() => Int, { defaultValue: SESSION_TIMEOUT_MINUTES, description: "The longest pause within a session." })
  sessionTimeoutMinutes: number = SESSION_TIMEOUT_MINUTES;

  @Field(() => AudienceInput, { nullable: true, description: "Who counts at all." })
  audience?: AudienceInput | null;
}

@ObjectType("OverlapSet", { simpleResolvers: true, description: "A whole set." })
export class OverlapSetType {
  @Field(() => String, { description: "Its name." })
  name!: string;

  @Field(() => Int, { description: "Members, whatever else they are in." })
  count!: number;
}

@ObjectType("OverlapRegion", { simpleResolvers: true, description: "The members of exactly these sets." })
export class OverlapRegionType {
  @Field(() => [String], { description: "The sets they are in; they are in no other." })
  sets!: string[];

  @Field(() => Int, { description: "Members." })
  count!: number;
}

@ObjectType("OverlapPair", { simpleResolvers: true, description: "How much two sets share." })
export class OverlapPairType {
  @Field(() => String, { description: "One set." })
  a!: string;

  @Field(() => String, { description: "The other." })
  b!: string;

  @Field(() => Int, { description: "Members of both, whatever else they are in." })
  both!: number;

  @Field(() => Float, { nullable: true, description: "Both as a share of either; null when both sets are empty." })
  jaccard!: number | null;

  @Field(() => Float, { nullable: true, description: "Both as a share of the smaller set; null when that is empty." })
  containment!: number | null;
}

@ObjectType("OverlapReport", { simpleResolvers: true, description: "A Venn diagram in exact numbers." })
export class OverlapReportType extends KnownReport {
  @Field(() => [OverlapSetType], { description: "The sets, in the order asked for." })
  sets!: OverlapSetType[];

  @Field(() => [OverlapRegionType], {
    description: "All 2^k - 1 exclusive regions, empty ones included; they add up to the union.",
  })
  regions!: OverlapRegionType[];

  @Field(() => Int, { description: "Members of any set." })
  union!: number;

  @Field(() => [OverlapPairType], { description: "Every two sets." })
  pairs!: OverlapPairType[];

  @Field(() => Int, { description: "Records in any set that nothing identifies; in no other number." })
  unidentified!: number;
}
