import { Field, Float, ObjectType } from "type-graphql";
import { CAR, CAR_EXTRA } from "../fields/car.ts";
import { Shows } from "../fields/derive/graphql.type.ts";
import { maybe, sure } from "../kit/field.ts";
import { DateTime } from "../kit/scalars.ts";
import type { Survivor, Variables } from "./survive.ts";
import type { Usage } from "./usage.ts";

@Shows(CAR, CAR_EXTRA)
@ObjectType("CustomerRecord", {
  simpleResolvers: true,
  description:
    "What is known of a customer: the customer analytics record (CAR). Of each variable the value of the best-ranked source survives; of equal rank the one stated last.",
})
export class CustomerRecordType {}

/** A record of `readRecord`: surviving values, their provenance, and what derived values are computed from. */
export interface CustomerRecord extends Partial<Variables> {
  survivor: Survivor;
  usage(): Promise<Usage>;
}

@ObjectType("FieldProvenance", { simpleResolvers: true, description: "Where a value of the record came from." })
export class FieldProvenanceType {
  @Field(() => String, sure("The field; of extra, the key: extra.plan."))
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
