import { Field, InputType, Int, ObjectType } from "type-graphql";
import { SESSION_TIMEOUT_MINUTES } from "../../facts/sessions.ts";
import { PeriodInput } from "../../facts/values.type.ts";
import { AudienceInput, DedupInput, MatcherInput } from "../filter.type.ts";
import { KnownInput, KnownReport } from "../known.type.ts";

@InputType({ description: "How many customers did something once, twice, six times or more, or never." })
export class HistogramInput extends KnownInput {
  @Field(() => PeriodInput, { description: "When it happened." })
  period!: PeriodInput;

  @Field(() => MatcherInput, { description: "What is counted for each customer." })
  metric!: MatcherInput;

  @Field(() => DedupInput, {
    nullable: true,
    description: `Counts several events of the period as one, the calls of one contact in any case; sessions end after a pause of more than ${SESSION_TIMEOUT_MINUTES} minutes.`,
  })
  dedup?: DedupInput | null;

  @Field(() => [Int], {
    nullable: true,
    description:
      "First count of each bucket, rising; the last has no end. In place of `start`, `size` and `buckets`: [1, 2, 3, 6].",
  })
  bounds?: number[] | null;

  @Field(() => Int, { defaultValue: 1, description: "First count of the first bucket." })
  start: number = 1;

  @Field(() => Int, { defaultValue: 1, description: "Counts in a bucket." })
  size: number = 1;

  @Field(() => Int, { defaultValue: 5, description: "Buckets before the one without an end, 1 to 50." })
  buckets: number = 5;

  @Field(() => MatcherInput, {
    nullable: true,
    description:
      "Who is counted, zeros included: customers with such an event in the period; with any event when left out.",
  })
  universe?: MatcherInput | null;

  @Field(() => AudienceInput, { nullable: true, description: "Who counts at all." })
  audience?: AudienceInput | null;
}

@ObjectType("HistogramBucket", { simpleResolvers: true, description: "The customers with a count in one range." })
export class HistogramBucketType {
  @Field(() => Int, { description: "The least count." })
  from!: number;

  @Field(() => Int, { nullable: true, description: "The greatest, included; null for the last bucket." })
  to!: number | null;

  @Field(() => String, { description: "The range as text: 0, 3-5, 6+." })
  label!: string;

  @Field(() => Int, { description: "Customers." })
  customers!: number;
}

@ObjectType("HistogramReport", { simpleResolvers: true, description: "Customers by how often they did something." })
export class HistogramReportType extends KnownReport {
  @Field(() => [HistogramBucketType], {
    description: "Every count is in one bucket: zero first, the one without an end last.",
  })
  buckets!: HistogramBucketType[];

  @Field(() => Int, { description: "Customers in all buckets, zero included." })
  customers!: number;

  @Field(() => Int, { description: "Events counted for them." })
  total!: number;

  @Field(() => Int, { description: "Events that nothing identifies; in no other number." })
  unidentified!: number;
}
