import { Field, ID, ObjectType } from "type-graphql";
import { sure } from "../kit/field.ts";
import { type InteractionRow, InteractionType } from "./interaction.type.ts";

@ObjectType("Contact", {
  simpleResolvers: true,
  description:
    "What a person would count once: the legs, and the visits around them, that universalSessionId, contactKey (else the sessionId of a channel other than WEB and APP), callId or callBackSessionId tie together.",
})
export class ContactType {
  @Field(() => ID, sure("The least id of its interactions: it changes when an interaction with a lesser one joins it."))
  id!: string;

  @Field(() => [String], sure("The systems that tell of it, in the order of the alphabet."))
  sources!: string[];

  @Field(
    () => Boolean,
    sure(
      "Keys chain its one interaction to more than 200, as calls that name each other do: none of those is a contact with others. A key that more than 200 share, a placeholder, ties nothing and marks nobody.",
    ),
  )
  isCrowded!: boolean;

  @Field(() => [InteractionType], sure("Its legs and visits, in the order in which they began."))
  interactions!: InteractionRow[];
}
