import { Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import { type InteractionRow, InteractionType } from "../interactions/interaction.type.ts";
import { type TouchpointRow, TouchpointType } from "../interactions/touchpoint.type.ts";
import type { RequestContext } from "../request.ts";
import { customerLoader } from "./customer.loader.ts";
import { CustomerType } from "./customer.type.ts";

/** The customer of an interaction: a field of Interaction. */
@Resolver(() => InteractionType)
export class InteractionOwnerResolver {
  @FieldResolver(() => CustomerType, { description: "Whose it is, as far as is known now." })
  customer(@Root() { customerId }: InteractionRow, @Ctx() request: RequestContext): Promise<CustomerType> {
    return request.once(customerLoader).load(customerId);
  }
}

/** The customer of a touchpoint: a field of Touchpoint. */
@Resolver(() => TouchpointType)
export class TouchpointOwnerResolver {
  @FieldResolver(() => CustomerType, { description: "Whose it is, as far as is known now." })
  customer(@Root() { customerId }: TouchpointRow, @Ctx() request: RequestContext): Promise<CustomerType> {
    return request.once(customerLoader).load(customerId);
  }
}
