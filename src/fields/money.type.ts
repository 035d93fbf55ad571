import { Field, InputType, ObjectType } from "type-graphql";
import { Decimal } from "../kit/scalars.ts";

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
