import { Arg, Ctx, ID, Mutation, Query, Resolver } from "type-graphql";
import { CONFLICT_MESSAGES } from "../../customers/conflict.resolver.ts";
import { IdentityInput } from "../../facts/values.type.ts";
import { link, merge, type Preview, previewMerge, previewSplit, split, withdraw } from "../../identity/decide.ts";
import type { RequestContext } from "../../request.ts";
import type { GraphqlContext } from "../context.ts";
import { MergePreviewType, VerdictPayloadType } from "./verdict-payloads.type.ts";
import { carriedIn, idIn, idsIn, payloadOf, saidIn } from "./verdicts.ts";

const REASON = { description: "Why, for whoever looks at it later." };

/** Decisions about customers: nothing is rewritten, and every decision can be withdrawn. */
@Resolver()
export class VerdictsResolver {
  @Mutation(() => VerdictPayloadType, {
    description: "Says that two identities are one customer's, seen before or not.",
  })
  linkIdentities(
    @Arg("a", () => IdentityInput, { description: "The one." }) a: IdentityInput,
    @Arg("b", () => IdentityInput, { description: "The other." }) b: IdentityInput,
    @Arg("reason", () => String, REASON) reason: string,
    @Ctx() request: GraphqlContext,
  ): Promise<VerdictPayloadType> {
    return payloadOf(async () =>
      link(request.deciding, [carriedIn(request, a, ["a"]), carriedIn(request, b, ["b"])], saidIn(request, reason)),
    );
  }

  @Mutation(() => VerdictPayloadType, {
    description: "Makes customers one. The ids that go live on: they lead to the survivor.",
  })
  mergeCustomers(
    @Arg("customerIds", () => [ID], { description: "Two or more." }) customerIds: string[],
    @Arg("reason", () => String, REASON) reason: string,
    @Ctx() request: GraphqlContext,
  ): Promise<VerdictPayloadType> {
    return payloadOf(async () => merge(request.deciding, idsIn(customerIds, ["customerIds"]), saidIn(request, reason)));
  }

  @Mutation(() => VerdictPayloadType, {
    description: "Takes identities away from a customer, also those that evidence joined.",
  })
  splitCustomer(
    @Arg("customerId", () => ID, { description: "Whose they are now." }) customerId: string,
    @Arg("apart", () => [IdentityInput], { description: "The identities that go; the others stay." })
    apart: IdentityInput[],
    @Arg("reason", () => String, REASON) reason: string,
    @Ctx() request: GraphqlContext,
  ): Promise<VerdictPayloadType> {
    return payloadOf(async () =>
      split(request.deciding, splitIn(request, { customerId, apart }), saidIn(request, reason)),
    );
  }

  @Mutation(() => VerdictPayloadType, {
    description: "Takes a verdict back: everybody belongs to whom they would without it.",
  })
  withdrawVerdict(
    @Arg("id", () => ID, { description: "The verdict's id." }) id: string,
    @Arg("reason", () => String, REASON) reason: string,
    @Ctx() request: GraphqlContext,
  ): Promise<VerdictPayloadType> {
    return payloadOf(async () => withdraw(request.deciding, idIn(id, ["id"]), saidIn(request, reason)));
  }

  @Query(() => MergePreviewType, { description: "What merging customers would move. Nothing is stored." })
  async mergePreview(
    @Arg("customerIds", () => [ID], { description: "Two or more." }) customerIds: string[],
    @Ctx() { db, rules }: RequestContext,
  ): Promise<MergePreviewType> {
    const ids = idsIn(customerIds, ["customerIds"]);
    return shown(await previewMerge(db, ids, rules), ids);
  }

  @Query(() => MergePreviewType, { description: "What splitting a customer would move. Nothing is stored." })
  async splitPreview(
    @Arg("customerId", () => ID, { description: "Whose they are now." }) customerId: string,
    @Arg("apart", () => [IdentityInput], { description: "The identities that would go." }) apart: IdentityInput[],
    @Ctx() request: RequestContext,
  ): Promise<MergePreviewType> {
    return shown(await previewSplit(request.db, splitIn(request, { customerId, apart }), request.rules), []);
  }
}

function splitIn(request: RequestContext, { customerId, apart }: { customerId: string; apart: IdentityInput[] }) {
  const ids = apart.map((input, position) => carriedIn(request, input, ["apart", String(position)]).id);
  return { customerId: idIn(customerId, ["customerId"]), apart: ids };
}

function shown({ customerIds, conflicts, ...moved }: Preview, recordsOf: string[]): MergePreviewType {
  const [only, ...others] = customerIds;
  return {
    ...moved,
    customersAfter: customerIds.length,
    idAfter: others.length === 0 ? (only ?? null) : null,
    conflicts: [...new Set(conflicts.map(({ kind }) => CONFLICT_MESSAGES[kind]))],
    recordsOf,
  };
}
