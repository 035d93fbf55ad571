import { Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import { customerLoader } from "../../customers/customer.loader.ts";
import { CustomerType } from "../../customers/customer.type.ts";
import { interactionLoader } from "../../interactions/interaction.loader.ts";
import { type InteractionRow, InteractionType } from "../../interactions/interaction.type.ts";
import { touchpointLoader } from "../../interactions/touchpoint.loader.ts";
import { type TouchpointRow, TouchpointType } from "../../interactions/touchpoint.type.ts";
import { maybe } from "../../kit/field.ts";
import type { RequestContext } from "../../request.ts";
import { CustomerPayloadType, LogInteractionPayloadType, TouchpointReceiptType } from "./payloads.type.ts";
import type { Written } from "./receipts.ts";

// Reads the result of a mutation only when it is selected.

@Resolver(() => LogInteractionPayloadType)
export class LoggedInteractionResolver {
  @FieldResolver(() => InteractionType, maybe("The leg as it is stored; null when it was not taken in."))
  async interaction(@Root() { recordId }: Written, @Ctx() request: RequestContext): Promise<InteractionRow | null> {
    return recordId ? request.once(interactionLoader).load(recordId) : null;
  }

  @FieldResolver(() => CustomerType, maybe("Whose it is, as far as is known now."))
  customer(@Root() written: Written, @Ctx() request: RequestContext): Promise<CustomerType | null> {
    return customerOf(written, request);
  }
}

@Resolver(() => CustomerPayloadType)
export class WrittenCustomerResolver {
  @FieldResolver(() => CustomerType, maybe("Who it is, as far as is known now; null when it was not taken in."))
  customer(@Root() written: Written, @Ctx() request: RequestContext): Promise<CustomerType | null> {
    return customerOf(written, request);
  }
}

@Resolver(() => TouchpointReceiptType)
export class RecordedTouchpointResolver {
  @FieldResolver(() => TouchpointType, maybe("The moment as it is stored; null when it was not taken in."))
  async touchpoint(@Root() { recordId }: Written, @Ctx() request: RequestContext): Promise<TouchpointRow | null> {
    return recordId ? request.once(touchpointLoader).load({ recordId, isLeg: false }) : null;
  }
}

async function customerOf({ customerId }: Written, request: RequestContext): Promise<CustomerType | null> {
  return customerId ? request.once(customerLoader).load(customerId) : null;
}
