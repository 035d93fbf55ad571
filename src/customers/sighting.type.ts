import { Field, ID, Int, ObjectType } from "type-graphql";
import { DateTime } from "../facts/scalars.ts";
import { maybe, sure } from "../kit/field.ts";

@ObjectType("IdentitySighting", {
  simpleResolvers: true,
  description: "Records that carried an identity together with another of the same customer.",
})
export class IdentitySightingType {
  @Field(() => Int, maybe("On how many records they were together; null when on more than 1,000."))
  records!: number | null;

  @Field(
    () => [String],
    sure("Systems that sent the records, by name; where they are too many to count, the newest of them."),
  )
  sources!: string[];

  @Field(() => DateTime, sure("When they were first seen together."))
  firstAt!: Date;

  @Field(() => DateTime, sure("When they were last seen together."))
  lastAt!: Date;

  @Field(() => ID, sure("The last of the records: `node` shows it where it is an interaction or a touchpoint."))
  lastRecordId!: string;

  @Field(() => String, sure("System that sent the last of the records."))
  lastSource!: string;

  // Not shown: the other identity.
  otherId!: string;
}

/** A sighting as the loader brings it, seen from one of the two. */
export type SightingRow = IdentitySightingType;
