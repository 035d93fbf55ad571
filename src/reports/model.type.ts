import { Field, Float, InputType, registerEnumType } from "type-graphql";
import { enumOf } from "../kit/enum.ts";
import { MatcherInput } from "./filter.type.ts";

// How credit is shared among touches: what attribution and call propensity are both asked with.

const ATTRIBUTION_KINDS = [
  "FIRST_TOUCH",
  "LAST_TOUCH",
  "SAME_TOUCH",
  "LINEAR",
  "PARTICIPATION",
  "U_SHAPED",
  "J_SHAPED",
  "INVERSE_J",
  "W_SHAPED",
  "FULL_PATH",
  "CUSTOM",
  "TIME_DECAY",
  "ALGORITHMIC",
  "MARKOV",
] as const;
export type AttributionKind = (typeof ATTRIBUTION_KINDS)[number];
export const AttributionKindEnum = enumOf(ATTRIBUTION_KINDS);
registerEnumType(AttributionKindEnum, {
  name: "AttributionKind",
  description: "How a conversion's credit is shared among the touches before it.",
  valuesConfig: {
    FIRST_TOUCH: { description: "All to the first touch." },
    LAST_TOUCH: { description: "All to the last touch." },
    SAME_TOUCH: { description: "All to a touch that is the conversion itself, else to nothing." },
    LINEAR: { description: "The same to each touch." },
    PARTICIPATION: { description: "The whole to each distinct item: the rows add up to more than the total." },
    U_SHAPED: { description: "40 % first, 20 % over the middle, 40 % last." },
    J_SHAPED: { description: "20 % first, 20 % over the middle, 60 % last." },
    INVERSE_J: { description: "60 % first, 20 % over the middle, 20 % last." },
    W_SHAPED: {
      description:
        "30 % first, 30 % to the last touch before each of two `stageEvents`, 10 % over the others. What has no touch is shared evenly by those that have.",
    },
    FULL_PATH: {
      description:
        "22.5 % first, 22.5 % to the last touch before each of two `stageEvents`, 22.5 % last, 10 % over the others. What has no touch is shared evenly by those that have.",
    },
    CUSTOM: { description: "By `firstWeight`, `middleWeight` and `lastWeight`, which need not add up to anything." },
    TIME_DECAY: { description: "Half as much to a touch `halfLifeMinutes` earlier: 7 days when left out." },
    ALGORITHMIC: {
      description:
        "Shapley values of the conversion rates of journeys with the same items, smoothed towards the overall rate.",
    },
    MARKOV: {
      description: "By how much the chance of a conversion would fall without the item, on the chain of steps.",
    },
  },
});

const TOUCH_DEDUPS = ["NONE", "CONSECUTIVE", "FIRST", "LAST"] as const;
export type TouchDedup = (typeof TOUCH_DEDUPS)[number];
export const TouchDedupEnum = enumOf(TOUCH_DEDUPS);
registerEnumType(TouchDedupEnum, {
  name: "TouchDedup",
  description: "Which touches of the same item within one conversion's touches count.",
  valuesConfig: {
    NONE: { description: "Every one." },
    CONSECUTIVE: { description: "The first of each run of the same item." },
    FIRST: { description: "The first of each item." },
    LAST: { description: "The last of each item." },
  },
});

@InputType({ description: "A model and what it is set to." })
export class AttributionModelInput {
  @Field(() => AttributionKindEnum, { description: "The model." })
  kind!: AttributionKind;

  @Field(() => Float, { nullable: true, description: "TIME_DECAY only; 10080, which is 7 days, when left out." })
  halfLifeMinutes?: number | null;

  @Field(() => Float, { nullable: true, description: "CUSTOM only: weight of the first touch; 0 when left out." })
  firstWeight?: number | null;

  @Field(() => Float, {
    nullable: true,
    description: "CUSTOM only: weight of all touches in the middle together; 0 when left out.",
  })
  middleWeight?: number | null;

  @Field(() => Float, { nullable: true, description: "CUSTOM only: weight of the last touch; 0 when left out." })
  lastWeight?: number | null;

  @Field(() => [MatcherInput], {
    nullable: true,
    description:
      "W_SHAPED and FULL_PATH only, two: a stage begins with the first such event in the reach of a conversion, such as the lead and the opportunity. One touch may stand before both, and be the first.",
  })
  stageEvents?: MatcherInput[] | null;
}
