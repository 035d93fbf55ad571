import { Field, Float, InputType } from "type-graphql";
import { maybe, sure } from "../kit/field.ts";

@InputType({ description: "What a model elsewhere says about the customer." })
export class SignalInput {
  @Field(() => String, sure("Such as churn."))
  code!: string;

  @Field(() => Float, maybe("How sure or how strong."))
  score?: number | null;

  @Field(() => String, sure("Why, in a sentence for the agent."))
  reason!: string;
}
