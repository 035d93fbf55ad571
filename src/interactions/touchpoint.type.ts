import { Field, ID, ObjectType } from "type-graphql";
import { Shows } from "../fields/derive/graphql.type.ts";
import { MOMENT } from "../fields/touchpoint.ts";
import type { RowOf } from "../fields/value.ts";
import { sure } from "../kit/field.ts";
import { connectionTypeOf, NodeType } from "../kit/page.type.ts";

@Shows(MOMENT)
@ObjectType("Touchpoint", {
  implements: NodeType,
  simpleResolvers: true,
  description:
    "One moment of an interaction: a page view, a search, a prompt, a call. A leg that a sender reported on a channel other than WEB and APP is itself one touchpoint.",
})
export class TouchpointType implements NodeType {
  @Field(() => ID, sure("Made from source and sourceId; of a leg, its interaction's id and `:leg`."))
  id!: string;

  @Field(() => String, sure("System that sent it."))
  source!: string;
}

/** A touchpoint as the statements of this room bring it. */
export interface TouchpointRow extends RowOf<typeof MOMENT> {
  id: string;
  source: string;
  customerId: string;
  interactionId: string;
  recordId: string;
}

export const TouchpointConnectionType = connectionTypeOf("Touchpoint", TouchpointType);
