import { Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import { customerLoader, formerCustomerLoader } from "../../customers/customer.loader.ts";
import { CustomerType } from "../../customers/customer.type.ts";
import { identityLoader } from "../../customers/identity.loader.ts";
import { type IdentityRow, IdentityType } from "../../customers/identity.type.ts";
import { readRecord } from "../../customers/record.loader.ts";
import { type CustomerRecord, CustomerRecordType } from "../../customers/record.type.ts";
import { verdictsLoader } from "../../customers/verdict.loader.ts";
import { IdentityVerdictType } from "../../customers/verdict.type.ts";
import { maybe, sure } from "../../kit/field.ts";
import type { RequestContext } from "../../request.ts";
import { MergePreviewType, VerdictPayloadType } from "./verdict-payloads.type.ts";

@Resolver(() => VerdictPayloadType)
export class DecidedResolver {
  @FieldResolver(() => IdentityVerdictType, maybe("The verdict; null when nothing was decided."))
  async verdict(
    @Root() { verdictId, customerIds }: VerdictPayloadType,
    @Ctx() request: RequestContext,
  ): Promise<IdentityVerdictType | null> {
    const [customerId] = customerIds;
    const verdicts = customerId ? await request.once(verdictsLoader).load(customerId) : [];
    return verdicts.find(({ id }) => id === verdictId) ?? null;
  }

  @FieldResolver(() => [CustomerType], sure("The customers whom the identities named belong to now."))
  customers(@Root() { customerIds }: VerdictPayloadType, @Ctx() request: RequestContext): Promise<CustomerType[]> {
    return Promise.all(customerIds.map((id) => request.once(customerLoader).load(id)));
  }
}

@Resolver(() => MergePreviewType)
export class MergePreviewResolver {
  @FieldResolver(() => [IdentityType], sure("The identities that would change hands."))
  async identities(@Root() { identityIds }: MergePreviewType, @Ctx() request: RequestContext): Promise<IdentityRow[]> {
    const found = await Promise.all(identityIds.map((id) => request.once(identityLoader).load(id)));
    return found.filter((identity) => identity !== null);
  }

  @FieldResolver(() => CustomerRecordType, maybe("The values that would survive a merge; null of a split."))
  async recordAfter(
    @Root() { recordsOf }: MergePreviewType,
    @Ctx() request: RequestContext,
  ): Promise<CustomerRecord | null> {
    const nodes = await Promise.all(recordsOf.map((id) => request.once(formerCustomerLoader).load(id)));
    const ids = nodes.flatMap((node) => (node ? ["survivor" in node ? node.survivor.id : node.id] : []));
    return ids.length > 0 ? readRecord(request, [...new Set(ids)]) : null;
  }
}
