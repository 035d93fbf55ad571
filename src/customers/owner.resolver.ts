import { Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import { type InteractionRow, InteractionType } from "../interactions/interaction.type.ts";
import { type TouchpointRow, TouchpointType } from "../interactions/touchpoint.type.ts";
import { CustomerShareType } from "../reports/people.type.ts";
import type { RequestContext } from "../request.ts";
import { customerLoader, formerCustomerLoader } from "./customer.loader.ts";
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

/** The customer of a share: a field of CustomerShare. */
@Resolver(() => CustomerShareType)
export class ShareOwnerResolver {
  @FieldResolver(() => CustomerType, {
    nullable: true,
    description: "Who they are now, where they were merged since; null where they are known no longer.",
  })
  async customer(
    @Root() { customerId }: CustomerShareType,
    @Ctx() request: RequestContext,
  ): Promise<CustomerType | null> {
    const node = await request.once(formerCustomerLoader).load(customerId);
    return node && "survivor" in node ? node.survivor : node;
  }
}
