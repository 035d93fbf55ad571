import { Field, ID, ObjectType } from "type-graphql";
import type { RowOf } from "../db/row.ts";
import { Shows } from "../fields/derive/graphql.type.ts";
import { MOMENT } from "../fields/touchpoint.ts";
import { sure } from "../kit/field.ts";
import { connectionTypeOf, NodeType } from "../kit/page.type.ts";
import type { Touchpoint } from "./touchpoint.sql.ts";

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

/** A touchpoint, as the statements of this folder answer it. */
export type TouchpointRow = RowOf<typeof Touchpoint>;

export const TouchpointConnectionType = connectionTypeOf("Touchpoint", TouchpointType);
