import { registerEnumType } from "type-graphql";
import { enumOf } from "../kit/enum.ts";

const SEQUENCE_KEEPS = ["EVERYONE", "ONLY_BEFORE", "ONLY_AFTER"] as const;
export type SequenceKeep = (typeof SEQUENCE_KEEPS)[number];
export const SequenceKeepEnum = enumOf(SEQUENCE_KEEPS);
registerEnumType(SequenceKeepEnum, {
  name: "SequenceKeep",
  description: "Which events are meant of a customer, or session, in which a sequence is found.",
  valuesConfig: {
    EVERYONE: { description: "All of them." },
    ONLY_BEFORE: { description: "Those up to the first step of its last occurrence, that step included." },
    ONLY_AFTER: { description: "Those from the last step of its first occurrence on, that step included." },
  },
});
