import { registerEnumType } from "type-graphql";
import { enumOf } from "../kit/enum.ts";
import { CHANNEL, type Choices, CUSTOMER_KIND, DIRECTION, OUTCOME, TOUCHPOINT_KIND } from "./choices.ts";

const ENUMS = new Map<string, object>();

/** Registered once, under the list's own name: a name may stand in a schema only once. */
function enumTypeOf<Value extends string>({ name, says, values }: Choices<Value>): { [V in Value]: V } {
  const type = enumOf(values);
  registerEnumType(type, { name, description: says });
  ENUMS.set(name, type);
  return type;
}

export const ChannelEnum = enumTypeOf(CHANNEL);
export const TouchpointKindEnum = enumTypeOf(TOUCHPOINT_KIND);
export const DirectionEnum = enumTypeOf(DIRECTION);
export const OutcomeEnum = enumTypeOf(OUTCOME);
export const CustomerKindEnum = enumTypeOf(CUSTOMER_KIND);

/** The GraphQL enum of a field's choices. */
export function enumFor({ name }: Choices): object {
  const type = ENUMS.get(name);
  if (!type) throw new Error(`No GraphQL enum ${name}: register it here.`);
  return type;
}
