import { Field, InputType, ObjectType } from "type-graphql";
import { DateTime, Decimal } from "./scalars.ts";

// The values that several rooms take in and show, under the contract's names.

@ObjectType("Money", { simpleResolvers: true, description: "An exact amount in one currency." })
export class MoneyType {
  @Field(() => Decimal, { description: 'The amount as text, such as "12.50".' })
  amount!: string;

  @Field(() => String, { description: "ISO 4217 code, such as EUR." })
  currency!: string;
}

@InputType({ description: "An exact amount in one currency." })
export class MoneyInput {
  @Field(() => Decimal, { description: 'The amount, best as text: "12.50".' })
  amount!: string;

  @Field(() => String, { description: "ISO 4217 code, such as EUR." })
  currency!: string;
}

@InputType({ description: "A value that stands for a customer, and what kind of value it is." })
export class IdentityInput {
  @Field(() => String, {
    description:
      "Such as phone (or mobilenr), email, custid, ecid or cookie; custid@crm names the system that issued it.",
  })
  namespace!: string;

  @Field(() => String, { description: "The value in any usual spelling: it is normalised." })
  value!: string;
}

@InputType({ description: "A stretch of time: `from` is inside, `to` is not." })
export class PeriodInput {
  @Field(() => DateTime, { description: "The first instant inside." })
  from!: Date;

  @Field(() => DateTime, { description: "The first instant outside." })
  to!: Date;
}
