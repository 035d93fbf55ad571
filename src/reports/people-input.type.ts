import { Field, InputType } from "type-graphql";
import { maybe } from "../kit/field.ts";
import { AggregatePeopleInput } from "./aggregate/cell.type.ts";
import { AttributionPeopleInput } from "./attribution/cell.type.ts";
import { PropensityPeopleInput } from "./call-propensity/cell.type.ts";
import { ChannelPeopleInput } from "./channel-performance/cell.type.ts";
import { CohortsPeopleInput } from "./cohorts/cell.type.ts";
import { KpiPeopleInput } from "./contact-centre-kpis/cell.type.ts";
import { FalloutPeopleInput } from "./fallout/cell.type.ts";
import { FlowPeopleInput } from "./flow/cell.type.ts";
import { HistogramPeopleInput } from "./histogram/cell.type.ts";
import { MatchQualityPeopleInput } from "./match-quality/cell.type.ts";
import { OverlapPeopleInput } from "./overlap/cell.type.ts";

@InputType({ description: "A report and one of its cells: exactly one of these." })
export class PeopleInput {
  @Field(() => AggregatePeopleInput, maybe("A row of an aggregate, the rest, or all."))
  aggregate?: AggregatePeopleInput | null;

  @Field(() => AttributionPeopleInput, maybe("What a model credits to an item, or what it could not attribute."))
  attribution?: AttributionPeopleInput | null;

  @Field(() => PropensityPeopleInput, maybe("The sessions with an item, or those that a call followed."))
  callPropensity?: PropensityPeopleInput | null;

  @Field(() => ChannelPeopleInput, maybe("What came with a value: calls, transactions, money."))
  channelPerformance?: ChannelPeopleInput | null;

  @Field(() => CohortsPeopleInput, maybe("A cohort, or who of it returned."))
  cohorts?: CohortsPeopleInput | null;

  @Field(() => KpiPeopleInput, maybe("A key figure of a row, or what it divides."))
  contactCentreKpis?: KpiPeopleInput | null;

  @Field(() => FalloutPeopleInput, maybe("A step of a fallout."))
  fallout?: FalloutPeopleInput | null;

  @Field(() => FlowPeopleInput, maybe("A node or a link of a flow."))
  flow?: FlowPeopleInput | null;

  @Field(() => HistogramPeopleInput, maybe("A bucket of a histogram."))
  histogram?: HistogramPeopleInput | null;

  @Field(() => MatchQualityPeopleInput, maybe("The calls with one status, or the touchpoints of somebody."))
  matchQuality?: MatchQualityPeopleInput | null;

  @Field(() => OverlapPeopleInput, maybe("A region or a set of an overlap."))
  overlap?: OverlapPeopleInput | null;
}
