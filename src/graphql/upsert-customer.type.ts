import { Field, Float, InputType, Int } from "type-graphql";
import { DateTime, JSONObject } from "../facts/scalars.ts";
import { IdentityInput, MoneyInput } from "../facts/values.type.ts";
import type { Channel, CustomerKind } from "../facts/vocabulary.ts";
import { ChannelEnum, CustomerKindEnum } from "../facts/vocabulary.type.ts";

@InputType({ description: "What a model elsewhere says about the customer." })
export class SignalInput {
  @Field(() => String, { description: "Such as churn." })
  code!: string;

  @Field(() => Float, { nullable: true, description: "How sure or how strong." })
  score?: number | null;

  @Field(() => String, { description: "Why, in a sentence for the agent." })
  reason!: string;
}

@InputType({
  description:
    "What one source states about a customer: every CAR variable under the name it has on CustomerRecord. A field left out says nothing; null clears what this source said.",
})
export class UpsertCustomerInput {
  @Field(() => String, { description: "The system that sends the record, such as web or amazon-connect." })
  source!: string;

  @Field(() => String, { description: "The sender's own id of the record: sending it again changes nothing." })
  sourceId!: string;

  @Field(() => DateTime, { description: "When the source knew it; a newer one replaces an older." })
  observedAt!: Date;

  @Field(() => [IdentityInput], {
    description: "Which customer, by every identity that is known; at least one, at most 10.",
  })
  identities!: IdentityInput[];

  @Field(() => String, { nullable: true, description: "What the customer is called." })
  displayName?: string | null;

  @Field(() => String, { nullable: true, description: "CAR Occupation." })
  occupation?: string | null;

  @Field(() => Int, { nullable: true, description: "CAR Age, in years." })
  age?: number | null;

  @Field(() => String, { nullable: true, description: "CAR MaritalStatus." })
  maritalStatus?: string | null;

  @Field(() => String, { nullable: true, description: "CAR Ethnicity." })
  ethnicity?: string | null;

  @Field(() => MoneyInput, { nullable: true, description: "CAR GrossAnnualIncome." })
  grossAnnualIncome?: MoneyInput | null;

  @Field(() => String, { nullable: true, description: "CAR EmploymentType." })
  employmentType?: string | null;

  @Field(() => String, { nullable: true, description: "CAR CountryName." })
  countryName?: string | null;

  @Field(() => String, { nullable: true, description: "CAR Region." })
  region?: string | null;

  @Field(() => String, { nullable: true, description: "CAR BranchNumber." })
  branchNumber?: string | null;

  @Field(() => String, { nullable: true, description: "CAR CustomerCountryRelationship." })
  customerCountryRelationship?: string | null;

  @Field(() => Int, { nullable: true, description: "CAR Tenure, in months." })
  tenureMonths?: number | null;

  @Field(() => MoneyInput, { nullable: true, description: "CAR OverallRevenue." })
  overallRevenue?: MoneyInput | null;

  @Field(() => [String], { nullable: true, description: "CAR Product 1, 2, 3 and so on." })
  products?: string[] | null;

  @Field(() => Boolean, { nullable: true, description: "CAR HighRiskCustomer." })
  highRiskCustomer?: boolean | null;

  @Field(() => String, { nullable: true, description: "CAR CustomerRestriction." })
  customerRestriction?: string | null;

  @Field(() => Boolean, { nullable: true, description: "CAR FinancialRiskCustomer." })
  financialRiskCustomer?: boolean | null;

  @Field(() => String, { nullable: true, description: "CAR CustomerSegmentID." })
  customerSegmentId?: string | null;

  @Field(() => Boolean, { nullable: true, description: "CAR VVIP." })
  vvip?: boolean | null;

  @Field(() => Boolean, { nullable: true, description: "CAR PremierCustomer." })
  premierCustomer?: boolean | null;

  @Field(() => CustomerKindEnum, { nullable: true, description: "CAR CommercialorPersonal." })
  commercialOrPersonal?: CustomerKind | null;

  @Field(() => Boolean, { nullable: true, description: "CAR IsDigitalEligible." })
  isDigitalEligible?: boolean | null;

  @Field(() => Int, { nullable: true, description: "CAR BranchVisits." })
  branchVisits?: number | null;

  @Field(() => [ChannelEnum], { nullable: true, description: "CAR CommonChannels." })
  commonChannels?: Channel[] | null;

  @Field(() => String, { nullable: true, description: "CAR Device: the preferred one." })
  device?: string | null;

  @Field(() => Int, { nullable: true, description: "CAR NumberofTotalProducts." })
  numberOfTotalProducts?: number | null;

  @Field(() => [SignalInput], { nullable: true, description: "What models elsewhere say: churn, next best offer." })
  signals?: SignalInput[] | null;

  @Field(() => JSONObject, { nullable: true, description: "Anything else that the source knows." })
  extra?: Record<string, unknown> | null;
}
