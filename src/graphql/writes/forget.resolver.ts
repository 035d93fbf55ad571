import { Arg, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from "type-graphql";
import { identityLoader } from "../../customers/identity.loader.ts";
import { type IdentityRow, IdentityType } from "../../customers/identity.type.ts";
import { IdentityInput } from "../../facts/values.type.ts";
import type { Whom } from "../../ingest/forgetting/forget.ts";
import { AppError } from "../../kit/errors.ts";
import { sure } from "../../kit/field.ts";
import type { RequestContext } from "../../request.ts";
import type { GraphqlContext } from "../context.ts";
import { orFaults } from "./faults.ts";
import { ForgetPayloadType, ForgetPreviewType } from "./forget.type.ts";
import { carriedIn, idIn, saidIn } from "./verdicts.ts";

const CUSTOMER_ID = { nullable: true, description: "Any id that the customer has or had. Or send an identity." };
const IDENTITY = { nullable: true, description: "An identity that only they have or had. Or send the id." };

/** Forgetting a customer: for good, with a receipt. */
@Resolver(() => ForgetPreviewType)
export class ForgetResolver {
  @Query(() => ForgetPreviewType, {
    description:
      "What forgetting a customer would take away, and what would stay since others share it. It does all of it and takes it back, so it takes as long.",
  })
  async previewForget(
    @Arg("customerId", () => ID, CUSTOMER_ID) customerId: string | null | undefined,
    @Arg("identity", () => IdentityInput, IDENTITY) identity: IdentityInput | null | undefined,
    @Ctx() request: GraphqlContext,
  ): Promise<ForgetPreviewType> {
    const { shared, ...preview } = await request.forgetter.preview(
      whomIn(request, customerId, identity),
      request.viewer,
    );
    return { ...preview, sharedIds: shared.map(({ id }) => id) };
  }

  @FieldResolver(
    () => [IdentityType],
    sure("Identities that would stay, since others have or had them too; of these, only their time goes."),
  )
  async shared(@Root() { sharedIds }: ForgetPreviewType, @Ctx() request: RequestContext): Promise<IdentityRow[]> {
    const found = await Promise.all(sharedIds.map((id) => request.once(identityLoader).load(id)));
    return found.filter((identity) => identity !== null);
  }

  @Mutation(() => ForgetPayloadType, {
    description:
      "Forgets a customer for good: records, notes, searches, earlier versions, refused and sealed messages, and what is in memory. What others share stays. It cannot be taken back; a later record of the same identities is a new customer's.",
  })
  forgetCustomer(
    @Arg("customerId", () => ID, CUSTOMER_ID) customerId: string | null | undefined,
    @Arg("identity", () => IdentityInput, IDENTITY) identity: IdentityInput | null | undefined,
    @Arg("reason", () => String, { description: "Why, without naming the customer: it is kept." }) reason: string,
    @Ctx() request: GraphqlContext,
  ): Promise<ForgetPayloadType> {
    return orFaults(
      async () => {
        const whom = whomIn(request, customerId, identity);
        const receipt = await request.forgetter.forget(whom, saidIn(request, reason));
        const { id, at, counts } = receipt;
        request.log.info("customer.forgotten", { receipt: id, by: request.viewer.role });
        return { receiptId: id, forgottenAt: new Date(at), gone: counts, receipt: JSON.stringify(receipt) };
      },
      { receiptId: null, forgottenAt: null, gone: null, receipt: null },
    );
  }
}

function whomIn(
  request: RequestContext,
  customerId: string | null | undefined,
  identity: IdentityInput | null | undefined,
): Whom {
  if (customerId != null && identity != null)
    throw new AppError("BAD_INPUT", "Send `customerId` or `identity`, not both.", ["identity"]);
  if (customerId != null) return { customerId: idIn(customerId, ["customerId"]) };
  if (identity != null) return { identityId: carriedIn(request, identity, ["identity"]).id };
  throw new AppError("BAD_INPUT", "Say who: send `customerId`, or an `identity` that only they have.", ["customerId"]);
}
