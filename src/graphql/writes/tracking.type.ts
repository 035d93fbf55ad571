import { Field, InputType, Int, ObjectType } from "type-graphql";
import { IdentityInput } from "../../facts/values.type.ts";
import type { Channel } from "../../fields/choices.ts";
import { ChannelEnum } from "../../fields/choices.type.ts";
import { maybe, sure } from "../../kit/field.ts";
import { DateTime, PhoneNumber } from "../../kit/scalars.ts";
import { UserErrorType } from "./user-error.type.ts";

@InputType({ description: "A telephone number that stands for an advertisement, or is lent to visitors." })
export class TrackingNumberInput {
  @Field(() => PhoneNumber, sure("The number, with its country code."))
  number!: string;

  @Field(() => String, sure("System or provider that owns it."))
  source!: string;

  @Field(() => ChannelEnum, maybe("Where it is advertised."))
  channel?: Channel | null;

  @Field(() => String, maybe("The campaign that it stands for: calls to it are put down to it."))
  campaign?: string | null;

  @Field(() => String, maybe("The campaign's medium."))
  medium?: string | null;

  @Field(() => String, maybe("The pool out of which it is lent to one visitor at a time."))
  pool?: string | null;
}

@InputType({ description: "A visitor who is to be shown a number of their own." })
export class LeaseTrackingNumberInput {
  @Field(() => String, sure("The pool to lend from."))
  pool!: string;

  @Field(() => IdentityInput, sure("The visitor: a cookie, an ecid or the like."))
  visitor!: IdentityInput;

  @Field(() => Int, { defaultValue: 30, description: "For how long, 1 to 1440." })
  minutes!: number;
}

@ObjectType("TrackingNumbersPayload", { simpleResolvers: true, description: "What became of a list of numbers." })
export class TrackingNumbersPayloadType {
  @Field(() => Int, sure("Numbers stored."))
  count!: number;

  @Field(() => [UserErrorType], sure("What to change, where one was refused: then none is stored."))
  userErrors!: UserErrorType[];
}

@ObjectType("LeasePayload", { simpleResolvers: true, description: "The number that a visitor is to be shown." })
export class LeasePayloadType {
  @Field(() => PhoneNumber, maybe("The number; null when the pool has none left."))
  number!: string | null;

  @Field(() => DateTime, maybe("Until when a call to it is this visitor's; ask again before then."))
  validTo!: Date | null;

  @Field(() => [UserErrorType], sure("What to change, where it was refused."))
  userErrors!: UserErrorType[];
}
