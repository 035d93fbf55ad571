import { Arg, Ctx, ID, Mutation, Resolver } from "type-graphql";
import type { GraphqlContext } from "../context.ts";
import { ExportPayloadType } from "./export.type.ts";
import { orFaults } from "./faults.ts";
import { idIn } from "./verdicts.ts";

/** What is held of a customer, to be handed to them. */
@Resolver()
export class ExportResolver {
  @Mutation(() => ExportPayloadType, {
    description:
      "Makes links to all that is held of a customer, as JSON and as a page to read: every table, where each row came from, and who looked. They are good for a minute; the audit has `customer.exported`, by the key that asked here, each time that one is opened. With a key, `GET /v1/customers/<id>/export` answers the same.",
  })
  exportCustomer(
    @Arg("customerId", () => ID, { description: "Any id that the customer has or had." }) customerId: string,
    @Ctx() { exporter, viewer }: GraphqlContext,
  ): Promise<ExportPayloadType> {
    return orFaults(
      async () => {
        const { ticket, until } = await exporter.ticketFor(idIn(customerId, ["customerId"]), viewer);
        return { json: `/v1/exports?ticket=${ticket}`, page: `/v1/exports?format=page&ticket=${ticket}`, until };
      },
      { json: null, page: null, until: null },
    );
  }
}
