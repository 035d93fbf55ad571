import { registerEnumType } from "type-graphql";
import { enumOf } from "../kit/enum.ts";
import {
  CHANNEL,
  type Choices,
  CONSENT_USE,
  CUSTOMER_KIND,
  DIRECTION,
  MATCH_METHOD,
  MATCH_STATUS,
  OUTCOME,
  PURPOSE,
  TOUCHPOINT_KIND,
} from "./choices.ts";

const ENUMS = new Map<string, object>();

/** Registers each list once: a schema may have a name only once. */
function enumTypeOf<Value extends string>({ name, says, values, meaning }: Choices<Value>): { [V in Value]: V } {
  const type = enumOf(values);
  registerEnumType(type, { name, description: says, valuesConfig: meaning && describedBy(meaning) });
  ENUMS.set(name, type);
  return type;
}

function describedBy<Value extends string>(meaning: Readonly<Record<Value, string>>) {
  const values = Object.entries<string>(meaning).map(([value, description]) => [value, { description }]);
  return Object.fromEntries(values) as { [V in Value]: { description: string } };
}

export const ChannelEnum = enumTypeOf(CHANNEL);
export const TouchpointKindEnum = enumTypeOf(TOUCHPOINT_KIND);
enumTypeOf(DIRECTION);
export const OutcomeEnum = enumTypeOf(OUTCOME);
enumTypeOf(CUSTOMER_KIND);
enumTypeOf(MATCH_STATUS);
export const ConsentPurposeEnum = enumTypeOf(PURPOSE);
export const ConsentUseEnum = enumTypeOf(CONSENT_USE);
export const MatchMethodEnum = enumTypeOf(MATCH_METHOD);

/** The GraphQL enum of a field's choices. */
export function enumFor({ name }: Choices): object {
  const type = ENUMS.get(name);
  if (!type) throw new Error(`No GraphQL enum ${name}: register it here.`);
  return type;
}
