import { registerEnumType } from "type-graphql";
import { CHANNELS, OUTCOMES, TOUCHPOINT_KINDS } from "./vocabulary.ts";

// The closed lists that several rooms show, registered once: a name may stand in a schema only once.

/** A GraphQL enum of a closed list: `{ WEB: "WEB", … }`. */
export function enumOf<const Value extends string>(values: readonly Value[]): { [V in Value]: V } {
  return Object.fromEntries(values.map((value) => [value, value])) as { [V in Value]: V };
}

export const ChannelEnum = enumOf(CHANNELS);
registerEnumType(ChannelEnum, { name: "Channel", description: "Where a customer and the company met." });

export const TouchpointKindEnum = enumOf(TOUCHPOINT_KINDS);
registerEnumType(TouchpointKindEnum, { name: "TouchpointKind", description: "What a touchpoint is." });

export const OutcomeEnum = enumOf(OUTCOMES);
registerEnumType(OutcomeEnum, { name: "Outcome", description: "How a leg of contact ended." });

export const STAGES = ["EARLY", "LEAD", "POST_LEAD"] as const;
export type Stage = (typeof STAGES)[number];
export const StageEnum = enumOf(STAGES);
registerEnumType(StageEnum, {
  name: "Stage",
  description: "Before the customer's first form or call, that form or call itself (LEAD), or after it.",
  valuesConfig: {
    EARLY: { description: "Before the customer's first form or call; everything, while there is none." },
    LEAD: { description: "The customer's first form or call, over all time." },
    POST_LEAD: { description: "After the customer's first form or call." },
  },
});
