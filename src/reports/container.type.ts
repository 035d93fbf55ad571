import { registerEnumType } from "type-graphql";
import type { Container } from "../journeys/container.ts";
import { enumOf } from "../kit/enum.ts";

const CONTAINERS = ["SESSION", "SENDER_SESSION", "CUSTOMER"] as const satisfies Container[];
export const ContainerEnum = enumOf(CONTAINERS);
registerEnumType(ContainerEnum, {
  name: "Container",
  description: "How far events belong together.",
  valuesConfig: {
    SESSION: { description: "A session over all channels, which a pause ends." },
    SENDER_SESSION: {
      description:
        "A session as its sender cut it: a visit, by the session id of its touchpoints, or their pauses where they have none; or the legs of one source with one session id, each by itself without one. It may lie among others in time.",
    },
    CUSTOMER: { description: "All that a customer did." },
  },
});
