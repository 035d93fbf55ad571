import { Field, Float, ObjectType } from "type-graphql";
import { sure } from "../kit/field.ts";

@ObjectType("ReportsLoading", {
  simpleResolvers: true,
  description: "How far an instance is that reads all that customers did: reports that it is asked meanwhile wait.",
})
export class ReportsLoadingType {
  @Field(() => Float, sure("Touchpoints and interactions that were read so far."))
  rows!: number;

  @Field(() => Float, sure("About how many there are, as PostgreSQL estimates: `rows` at least."))
  expectedRows!: number;

  @Field(() => Float, sure("How long the reading has been going on, in seconds."))
  seconds!: number;
}
