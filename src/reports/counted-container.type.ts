import { registerEnumType } from "type-graphql";
import { enumOf } from "../kit/enum.ts";

const COUNTED_CONTAINERS = ["SESSION", "SENDER_SESSION", "CUSTOMER"] as const;
export type CountedContainer = (typeof COUNTED_CONTAINERS)[number];
export const CountedContainerEnum = enumOf(COUNTED_CONTAINERS);
registerEnumType(CountedContainerEnum, {
  name: "CountedContainer",
  description: "What is counted, and how far events belong together.",
  valuesConfig: {
    SESSION: { description: "A session over all channels, which a pause ends." },
    SENDER_SESSION: {
      description:
        "A session as its sender cut it: a visit, by the session id of its touchpoints, or their pauses where they have none; or the legs of one source with one session id, each by itself without one. It may lie among others in time.",
    },
    CUSTOMER: { description: "All that a customer did." },
  },
});
