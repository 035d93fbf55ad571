import { Field, Float, Int, ObjectType } from "type-graphql";
import type { CustomerKind } from "../fields/choices.ts";
import { CustomerKindEnum } from "../fields/choices.type.ts";
import { MoneyType } from "../fields/money.type.ts";
import { maybe, sure } from "../kit/field.ts";
import { DateTime, JSONObject } from "../kit/scalars.ts";
import type { Survivor } from "./survive.ts";
import type { Usage } from "./usage.ts";

@ObjectType("CustomerRecord", {
  simpleResolvers: true,
  description:
    "What is known of a customer: the customer analytics record (CAR). Of each variable the value of the best-ranked source survives; of equal rank the one stated last.",
})
export class CustomerRecordType {
  @Field(() => String, maybe("Customer number. CAR: Cust_ID."))
  custId!: string | null;

  @Field(() => String, maybe("Customer number that all systems share. CAR: GlobalCustomerID."))
  globalCustomerId!: string | null;

  @Field(() => String, maybe("CAR: Occupation."))
  occupation!: string | null;

  @Field(() => Int, maybe("Age in years when it was stated. CAR: Age."))
  age!: number | null;

  @Field(() => String, maybe("CAR: MaritalStatus."))
  maritalStatus!: string | null;

  @Field(() => String, maybe("CAR: Ethnicity."))
  ethnicity!: string | null;

  @Field(() => MoneyType, maybe("Gross income a year. CAR: GrossAnnualIncome."))
  grossAnnualIncome!: MoneyType | null;

  @Field(() => String, maybe("CAR: EmploymentType."))
  employmentType!: string | null;

  @Field(() => String, maybe("Country the customer lives in. CAR: CountryName."))
  countryName!: string | null;

  @Field(() => String, maybe("Region the customer lives in. CAR: Region."))
  region!: string | null;

  @Field(() => String, maybe("Branch that looks after the customer. CAR: BranchNumber."))
  branchNumber!: string | null;

  @Field(() => String, maybe("What ties the customer to the country. CAR: CustomerCountryRelationship."))
  customerCountryRelationship!: string | null;

  @Field(() => MoneyType, maybe("Revenue that the customer has brought. CAR: OverallRevenue."))
  overallRevenue!: MoneyType | null;

  @Field(() => [String], sure("Products the customer has. CAR: Product 1, Product 2, Product 3."))
  products!: string[];

  @Field(() => Boolean, maybe("CAR: HighRiskCustomer."))
  highRiskCustomer!: boolean | null;

  @Field(() => String, maybe("What may not be done for the customer. CAR: CustomerRestriction."))
  customerRestriction!: string | null;

  @Field(() => Boolean, maybe("CAR: FinancialRiskCustomer."))
  financialRiskCustomer!: boolean | null;

  @Field(() => String, maybe("Segment the customer belongs to. CAR: CustomerSegmentID."))
  customerSegmentId!: string | null;

  @Field(() => Boolean, maybe("Very, very important. CAR: VVIP."))
  vvip!: boolean | null;

  @Field(() => Boolean, maybe("CAR: PremierCustomer."))
  premierCustomer!: boolean | null;

  @Field(() => CustomerKindEnum, maybe("A company or a private person. CAR: CommercialorPersonal."))
  commercialOrPersonal!: CustomerKind | null;

  @Field(() => Boolean, maybe("May be served digitally. CAR: IsDigitalEligible."))
  isDigitalEligible!: boolean | null;

  @Field(() => JSONObject, maybe("Whatever else the surviving source says."))
  extra!: Record<string, unknown> | null;

  // Not shown: where the values came from, and what the derived ones are made of.
  survivor!: Survivor;
  usage!: () => Promise<Usage>;
}

@ObjectType("FieldProvenance", { simpleResolvers: true, description: "Where a value of the record came from." })
export class FieldProvenanceType {
  @Field(() => String, sure("The field."))
  field!: string;

  @Field(() => String, sure("System that stated it; `customer360` where it was derived."))
  source!: string;

  @Field(() => DateTime, sure("When it was stated; of a derived value, the last interaction it was made of."))
  observedAt!: Date;

  @Field(() => Boolean, sure("Computed here, since no source states it."))
  isDerived!: boolean;
}

@ObjectType("Signal", {
  simpleResolvers: true,
  description: "What a model elsewhere says of the customer: churn, next best offer. Of each code, the surviving one.",
})
export class SignalType {
  @Field(() => String, sure("What it is about, such as churn."))
  code!: string;

  @Field(() => Float, maybe("How strong it is, on the model's own scale."))
  score!: number | null;

  @Field(() => String, sure("Why, as a sentence for whoever serves the customer."))
  reason!: string;

  @Field(() => String, sure("System that said so."))
  source!: string;

  @Field(() => DateTime, sure("When it said so."))
  observedAt!: Date;
}
