import { Field, Float, InputType, Int } from "type-graphql";
import { IdentityInput } from "../../facts/values.type.ts";
import type { Channel, CustomerKind } from "../../fields/choices.ts";
import { ChannelEnum, CustomerKindEnum } from "../../fields/choices.type.ts";
import { MoneyInput } from "../../fields/money.type.ts";
import { maybe, sure } from "../../kit/field.ts";
import { DateTime, JSONObject } from "../../kit/scalars.ts";

@InputType({ description: "What a model elsewhere says about the customer." })
export class SignalInput {
  @Field(() => String, sure("Such as churn."))
  code!: string;

  @Field(() => Float, maybe("How sure or how strong."))
  score?: number | null;

  @Field(() => String, sure("Why, in a sentence for the agent."))
  reason!: string;
}

@InputType({
  description:
    "What one source states about a customer: every CAR variable under the name it has on CustomerRecord. A field left out says nothing; null clears what this source said.",
})
export class UpsertCustomerInput {
  @Field(() => String, sure("The system that sends the record, such as web or amazon-connect."))
  source!: string;

  @Field(() => String, sure("The sender's own id of the record: sending it again changes nothing."))
  sourceId!: string;

  @Field(() => DateTime, sure("When the source knew it; a newer one replaces an older."))
  observedAt!: Date;

  @Field(() => [IdentityInput], sure("Which customer, by every identity that is known; at least one, at most 10."))
  identities!: IdentityInput[];

  @Field(() => String, maybe("What the customer is called."))
  displayName?: string | null;

  @Field(() => String, maybe("CAR Occupation."))
  occupation?: string | null;

  @Field(() => Int, maybe("CAR Age, in years."))
  age?: number | null;

  @Field(() => String, maybe("CAR MaritalStatus."))
  maritalStatus?: string | null;

  @Field(() => String, maybe("CAR Ethnicity."))
  ethnicity?: string | null;

  @Field(() => MoneyInput, maybe("CAR GrossAnnualIncome."))
  grossAnnualIncome?: MoneyInput | null;

  @Field(() => String, maybe("CAR EmploymentType."))
  employmentType?: string | null;

  @Field(() => String, maybe("CAR CountryName."))
  countryName?: string | null;

  @Field(() => String, maybe("CAR Region."))
  region?: string | null;

  @Field(() => String, maybe("CAR BranchNumber."))
  branchNumber?: string | null;

  @Field(() => String, maybe("CAR CustomerCountryRelationship."))
  customerCountryRelationship?: string | null;

  @Field(() => Int, maybe("CAR Tenure, in months."))
  tenureMonths?: number | null;

  @Field(() => MoneyInput, maybe("CAR OverallRevenue."))
  overallRevenue?: MoneyInput | null;

  @Field(() => [String], maybe("CAR Product 1, 2, 3 and so on."))
  products?: string[] | null;

  @Field(() => Boolean, maybe("CAR HighRiskCustomer."))
  highRiskCustomer?: boolean | null;

  @Field(() => String, maybe("CAR CustomerRestriction."))
  customerRestriction?: string | null;

  @Field(() => Boolean, maybe("CAR FinancialRiskCustomer."))
  financialRiskCustomer?: boolean | null;

  @Field(() => String, maybe("CAR CustomerSegmentID."))
  customerSegmentId?: string | null;

  @Field(() => Boolean, maybe("CAR VVIP."))
  vvip?: boolean | null;

  @Field(() => Boolean, maybe("CAR PremierCustomer."))
  premierCustomer?: boolean | null;

  @Field(() => CustomerKindEnum, maybe("CAR CommercialorPersonal."))
  commercialOrPersonal?: CustomerKind | null;

  @Field(() => Boolean, maybe("CAR IsDigitalEligible."))
  isDigitalEligible?: boolean | null;

  @Field(() => Int, maybe("CAR BranchVisits."))
  branchVisits?: number | null;

  @Field(() => [ChannelEnum], maybe("CAR CommonChannels."))
  commonChannels?: Channel[] | null;

  @Field(() => String, maybe("CAR Device: the preferred one."))
  device?: string | null;

  @Field(() => Int, maybe("CAR NumberofTotalProducts."))
  numberOfTotalProducts?: number | null;

  @Field(() => [SignalInput], maybe("What models elsewhere say: churn, next best offer."))
  signals?: SignalInput[] | null;

  @Field(() => JSONObject, maybe("Anything else that the source knows."))
  extra?: Record<string, unknown> | null;
}
