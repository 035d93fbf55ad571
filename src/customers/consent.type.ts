import { Field, ObjectType } from "type-graphql";
import type { ConsentUse, Purpose } from "../fields/choices.ts";
import { ConsentPurposeEnum, ConsentUseEnum } from "../fields/choices.type.ts";
import { sure } from "../kit/field.ts";
import { DateTime } from "../kit/scalars.ts";

@ObjectType("Consent", {
  simpleResolvers: true,
  description: "Which consent of a customer stands: of each purpose the newest statement of all sources.",
})
export class ConsentType {
  @Field(() => ConsentPurposeEnum, sure("What it is for."))
  purpose!: Purpose;

  @Field(() => Boolean, sure("True: given. False: refused, or withdrawn. Of one instant a refusal stands."))
  isGiven!: boolean;

  @Field(() => DateTime, sure("When it was stated: by a customer record, or at the moment of a touchpoint."))
  statedAt!: Date;

  @Field(() => String, sure("The source that stated it."))
  source!: string;

  @Field(
    () => [ConsentUseEnum],
    sure(
      "What leaves the customer out since it is refused, by the rules of `c360 consents`; empty while it is given, and where nothing asks for it.",
    ),
  )
  closes!: ConsentUse[];
}
