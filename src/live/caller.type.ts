import { Field, Float, InputType, Int, ObjectType } from "type-graphql";
import { CustomerType } from "../customers/customer.type.ts";
import { IdentityInput } from "../facts/values.type.ts";
import type { Purpose } from "../fields/choices.ts";
import { ConsentPurposeEnum } from "../fields/choices.type.ts";
import { maybe, sure } from "../kit/field.ts";
import { PhoneNumber } from "../kit/scalars.ts";
import { MOST_CANDIDATES, USUAL_CANDIDATES } from "./candidates.ts";

@InputType({ description: "What a telephone system knows as the phone rings." })
export class LookupCallerInput {
  @Field(
    () => [IdentityInput],
    sure("Whatever stands for the caller: the number shown, what the menu was told. A withheld number is no fault."),
  )
  identities!: IdentityInput[];

  @Field(() => PhoneNumber, maybe("The number that was dialled: it may be a tracking number."))
  dialledNumber?: string | null;

  @Field(() => String, maybe("What the caller told the menu or the speech bot."))
  ivrIntent?: string | null;

  @Field(() => String, maybe("System that asks: its settings say how it writes numbers."))
  source?: string | null;

  @Field(
    () => Int,
    maybe(`The most candidates to answer with, 1 to ${MOST_CANDIDATES}; ${USUAL_CANDIDATES} when left out.`),
  )
  first?: number | null;
}

@ObjectType("DeflectionOffer", { simpleResolvers: true, description: "Something to offer instead of waiting." })
export class DeflectionOfferType {
  @Field(() => String, sure("What kind of offer it is, such as WEB_LINK."))
  kind!: string;

  @Field(() => String, sure("What to offer, in words."))
  label!: string;

  @Field(() => String, maybe("Where it leads."))
  url!: string | null;
}

@ObjectType("AdviceReason", { simpleResolvers: true, description: "Why a piece of advice was given." })
export class AdviceReasonType {
  @Field(() => String, sure("Name of the routing rule."))
  rule!: string;

  @Field(() => String, sure("Why, in a sentence."))
  message!: string;
}

@ObjectType("RoutingAdvice", {
  simpleResolvers: true,
  description: "Where to send the call, from the routing rules: for each piece the first rule that gives it decides.",
})
export class RoutingAdviceType {
  @Field(() => String, maybe("Skill, that is, the queue that suits the call."))
  skill!: string | null;

  @Field(() => String, maybe("Agent whom it suits best: who had the contact that is not resolved."))
  agentId!: string | null;

  @Field(() => Int, sure("1 is served first, 9 last; 5 where no rule says otherwise."))
  priority!: number;

  @Field(() => String, maybe("What they are probably calling about."))
  likelyReason!: string | null;

  @Field(() => DeflectionOfferType, maybe("Something to offer instead of waiting."))
  deflection!: DeflectionOfferType | null;

  @Field(() => [AdviceReasonType], sure("The rules that decided something, in order, each with its reason."))
  reasons!: AdviceReasonType[];
}

@ObjectType("CallerCandidate", { simpleResolvers: true, description: "Somebody who may be calling." })
export class CallerCandidateType {
  @Field(() => CustomerType, sure("Who it may be."))
  customer!: CustomerType;

  @Field(
    () => Float,
    sure(
      "How sure that is, 0 to 1: 0.99 by a customer number, 0.95 by a log-in or an address, 0.9 by a telephone or a device, 0.5 where only a chain leads to them, and less where several share it.",
    ),
  )
  confidence!: number;

  @Field(() => String, sure("Why they may be, in a sentence."))
  why!: string;
}

@ObjectType("CallerLookup", { simpleResolvers: true, description: "Who is calling, and what to do about it." })
export class CallerLookupType {
  @Field(
    () => [CallerCandidateType],
    sure(
      "Who it may be, the likeliest first, as many as `first` asks for; empty when nobody is known under what was shown.",
    ),
  )
  candidates!: CallerCandidateType[];

  @Field(() => Int, sure("How many it may be, those beyond `first` included."))
  candidatesTotal!: number;

  @Field(
    () => Boolean,
    sure(
      "True where not all of it was known at the deadline of look-ups, 300 ms unless set otherwise, when the answer is given: candidates or advice may be missing.",
    ),
  )
  partial!: boolean;

  @Field(
    () => ConsentPurposeEnum,
    maybe(
      "The consent that the likeliest caller refuses: neither what sources state nor what they did is used or said, but who they are. Null where nothing is held back.",
    ),
  )
  shortOf!: Purpose | null;

  @Field(() => RoutingAdviceType, sure("Where to send the call; there is advice for unknown callers too."))
  advice!: RoutingAdviceType;

  @Field(() => Float, sure("Milliseconds that the look-up took here."))
  latencyMs!: number;
}
