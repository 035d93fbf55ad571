import { Field, ObjectType } from "type-graphql";
import { DecimalText } from "./scalar.type.ts";

@ObjectType("Money", { simpleResolvers: true, description: "An exact amount of one currency." })
export class MoneyType {
  @Field(() => DecimalText, { description: "The amount, as a decimal number." })
  amount!: string;

  @Field(() => String, { description: "ISO 4217 code of the currency, such as EUR." })
  currency!: string;
}
