import { Field, Float, Int, ObjectType, registerEnumType } from "type-graphql";
import { enumOf } from "../kit/enum.ts";
import { maybe, sure } from "../kit/field.ts";

export const MATCH_STATUSES = ["MATCHED", "OUT_OF_SESSION", "OFFLINE", "NO_IDENTITY", "UNUSABLE"] as const;
export type MatchStatus = (typeof MATCH_STATUSES)[number];
export const MatchStatusEnum = enumOf(MATCH_STATUSES);
registerEnumType(MatchStatusEnum, {
  name: "MatchStatus",
  description: "Whether a call could be tied to a web visit, and if not, why.",
  valuesConfig: {
    MATCHED: { description: "Tied to the web session it came out of." },
    OUT_OF_SESSION: { description: "The customer has been on the web before, but not in the call's session." },
    OFFLINE: { description: "The customer is known and was never seen on the web before the call." },
    NO_IDENTITY: { description: "Nothing identifies the caller." },
    UNUSABLE: { description: "The settings of its source say that its visitor id belongs to another system." },
  },
});

export const MATCH_METHODS = ["VISITOR_ID", "TRACKING_NUMBER", "CALLER_NUMBER", "CLICK_TO_CALL", "PROXIMITY"] as const;
export type MatchMethod = (typeof MATCH_METHODS)[number];
export const MatchMethodEnum = enumOf(MATCH_METHODS);
registerEnumType(MatchMethodEnum, {
  name: "MatchMethod",
  description: "What tied a call to a web visit, the surest first.",
  valuesConfig: {
    VISITOR_ID: { description: "The call carried the visitor's id." },
    TRACKING_NUMBER: { description: "The number dialled was shown to this visitor at the time." },
    CALLER_NUMBER: { description: "The caller's number belongs to the visitor." },
    CLICK_TO_CALL: { description: "The visitor had just clicked to call." },
    PROXIMITY: { description: "The only visitor who was looking at the page at the time." },
  },
});

@ObjectType("WebMatch", { simpleResolvers: true, description: "How a call was tied to a web visit." })
export class WebMatchType {
  @Field(() => MatchStatusEnum, sure("Whether it was, and if not, why."))
  status!: MatchStatus;

  @Field(() => MatchMethodEnum, maybe("What tied them."))
  method!: MatchMethod | null;

  @Field(() => Float, maybe("How sure that is, 0 to 1."))
  confidence!: number | null;

  @Field(() => String, maybe("Page that the customer was on."))
  page!: string | null;

  @Field(() => String, maybe("Address of that page, without its query string."))
  url!: string | null;

  @Field(() => Int, maybe("Seconds from that page view to the call."))
  secondsBeforeCall!: number | null;
}
