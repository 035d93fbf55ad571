import { Field, InputType } from "type-graphql";
import { DateTime } from "../kit/scalars.ts";

// The values that several rooms take in and show, under the contract's names.

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
