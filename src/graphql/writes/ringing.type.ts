import { Field, ID, InputType, ObjectType } from "type-graphql";
import { IdentityInput } from "../../facts/values.type.ts";
import { maybe, sure } from "../../kit/field.ts";
import { DateTime, PhoneNumber } from "../../kit/scalars.ts";
import { UserErrorType } from "./user-error.type.ts";

@InputType({ description: "A call that rings at an agent's now." })
export class AnnounceCallInput {
  @Field(() => String, sure("System that announces it. Log the call under the same source and sourceId."))
  source!: string;

  @Field(() => String, sure("That system's own id of the call."))
  sourceId!: string;

  @Field(() => [IdentityInput], {
    defaultValue: [],
    description: "Whatever stands for the caller; a withheld number is no fault.",
  })
  identities!: IdentityInput[];

  @Field(() => String, sure("Whose telephone rings."))
  agentId!: string;

  @Field(() => DateTime, sure("Since when it rings."))
  ringingAt!: Date;

  @Field(() => PhoneNumber, maybe("The number that was dialled."))
  dialledNumber?: string | null;

  @Field(() => String, maybe("What the call is about, as far as the menu knows."))
  callReason?: string | null;
}

@ObjectType("AnnounceCallPayload", { simpleResolvers: true, description: "What became of a call on screens." })
export class AnnounceCallPayloadType {
  @Field(() => ID, maybe("The call's id; null when nothing was done."))
  callId!: string | null;

  @Field(() => [UserErrorType], sure("What to change, where it was refused."))
  userErrors!: UserErrorType[];

  // Not part of the API: the resolver of `pop` uses it.
  popId!: string | null;
}
