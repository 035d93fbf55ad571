import { Field, InputType, Int, ObjectType, registerEnumType } from "type-graphql";
import { AttributeGroupInput } from "../../facts/attribute.type.ts";
import { PeriodInput } from "../../facts/values.type.ts";
import { type InteractionFilter, InteractionFilterInput } from "../../interactions/interaction.type.ts";
import { enumOf } from "../../kit/enum.ts";
import { CarriedInput, FacetInput } from "../along.type.ts";
import { AudienceInput, type Dimension, DimensionEnum, MatcherInput } from "../filter.type.ts";
import { type Interval, IntervalEnum } from "../interval.type.ts";
import { KnownInput, KnownReport } from "../known.type.ts";
import { KpiRowType } from "./kpi-row.type.ts";

const KPI_BUCKETS = ["START", "ENQUEUE", "ANSWER", "END"] as const;
export type KpiBucket = (typeof KPI_BUCKETS)[number];
const KpiBucketEnum = enumOf(KPI_BUCKETS);
registerEnumType(KpiBucketEnum, {
  name: "KpiBucket",
  description:
    "Which instant of a contact puts it in the period and its interval. A contact without it is not counted.",
  valuesConfig: {
    START: { description: "The customer's start: SessionStartTime." },
    ENQUEUE: { description: "When it joined the queue: its stated QueueTime before it left, else its start." },
    ANSWER: { description: "When an agent or bot answered: InteractionStartTime." },
    END: { description: "When the customer left: InteractionEndTime, else SessionEndTime." },
  },
});

/** One and the same, as TypeGraphQL compares the two places that state a default. */
const NO_GROUPS: Dimension[] = [];

@InputType({ description: "How the contact centre does. What is counted is the leg of contact." })
export class KpiInput extends KnownInput {
  @Field(() => PeriodInput, { description: "When the contacts were, by `bucketBy`." })
  period!: PeriodInput;

  @Field(() => [DimensionEnum], {
    defaultValue: NO_GROUPS,
    description:
      "One row for each combination of these that occurs, 5 at most. PAGE, SECTION and SEARCH_TERM are none of a leg's: a leg carries them.",
  })
  groupBy: Dimension[] = NO_GROUPS;

  @Field(() => [CarriedInput], {
    nullable: true,
    description: "The same by values that legs carry, such as the last page before them; with `groupBy` 5 at most.",
  })
  groupByCarried?: CarriedInput[] | null;

  @Field(() => [AttributeGroupInput], {
    nullable: true,
    description:
      "The same by what is said of legs or their customers; with `groupBy` 5 at most. Numbers need `bounds`.",
  })
  groupByAttributes?: AttributeGroupInput[] | null;

  @Field(() => [FacetInput], {
    nullable: true,
    description:
      "The same by named filters of legs, 1 to 10. A leg may be in several rows; legs in no facet are in one of their own.",
  })
  facets?: FacetInput[] | null;

  @Field(() => IntervalEnum, {
    nullable: true,
    description: "One row for each stretch of the calendar; without `groupBy` for empty ones as well.",
  })
  interval?: Interval | null;

  @Field(() => String, { defaultValue: "UTC", description: "Whose calendar: an IANA name such as Europe/Stockholm." })
  timeZone: string = "UTC";

  @Field(() => KpiBucketEnum, { defaultValue: "START", description: "Which instant of a contact counts." })
  bucketBy: KpiBucket = "START";

  @Field(() => InteractionFilterInput, {
    nullable: true,
    description: "Which contacts count. What customers did besides, such as calling again, is looked up among all.",
  })
  filter?: InteractionFilter | null;

  @Field(() => MatcherInput, {
    nullable: true,
    description: "Which legs count, as the events that they are; legs on WEB and APP are none. ANDed with `filter`.",
  })
  matcher?: MatcherInput | null;

  @Field(() => AudienceInput, { nullable: true, description: "Whose contacts count at all, and who is active." })
  audience?: AudienceInput | null;

  @Field(() => Int, { defaultValue: 20, description: "The longest wait that meets the service level, inclusive." })
  serviceLevelSeconds: number = 20;

  @Field(() => Int, { defaultValue: 5, description: "The longest wait of a short abandon, inclusive." })
  shortAbandonSeconds: number = 5;

  @Field(() => Int, {
    defaultValue: 7,
    description: "Days from the start of a contact within which another one repeats it, inclusive.",
  })
  repeatWindowDays: number = 7;
}

@ObjectType("KpiReport", { simpleResolvers: true, description: "Key figures of the contact centre." })
export class KpiReportType extends KnownReport {
  @Field(() => [KpiRowType], { description: "By interval, then by group; a single row when neither is asked for." })
  rows!: KpiRowType[];
}
