import { Arg, Ctx, ID, Query, Resolver } from "type-graphql";
import { formerCustomerLoader } from "../customers/customer.loader.ts";
import { MergedCustomerType } from "../customers/customer.type.ts";
import { interactionLoader } from "../interactions/interaction.loader.ts";
import { findTouchpoint } from "../interactions/list.ts";
import { RejectionType } from "../interactions/rejection.type.ts";
import { rejectionLoader } from "../interactions/rejections.repository.ts";
import { AppError } from "../kit/errors.ts";
import { isId, MAX_PAGE } from "../kit/page.ts";
import { NodeType, type Typed } from "../kit/page.type.ts";
import { popLoader } from "../live/pop.loader.ts";
import type { PopRow } from "../live/pop.type.ts";
import { maySeePopsOf } from "../live/pop-access.ts";
import type { RequestContext } from "../request.ts";

/** Types that are found by `node` alone. */
export const NODE_TYPES = [MergedCustomerType, RejectionType];

@Resolver()
export class NodeResolver {
  @Query(() => NodeType, {
    nullable: true,
    description: "Anything by its id; null when nothing has it. A customer's former id gives a MergedCustomer.",
  })
  node(
    @Arg("id", () => ID, { description: "An id as it was given." }) id: string,
    @Ctx() request: RequestContext,
  ): Promise<Found> {
    return findNode(request, id);
  }

  @Query(() => [NodeType], {
    nullable: "items",
    description: `Several things by their ids, in their order, null for what is not there; at most ${MAX_PAGE}.`,
  })
  nodes(
    @Arg("ids", () => [ID], { description: "Ids as they were given." }) ids: string[],
    @Ctx() request: RequestContext,
  ): Promise<Found[]> {
    if (ids.length > MAX_PAGE) throw new AppError("BAD_INPUT", `Ask for at most ${MAX_PAGE} ids at once.`, ["ids"]);
    return Promise.all(ids.map((id) => findNode(request, id)));
  }
}

type Found = Typed<object> | null;

const LEG = ":leg";

/** Ids are unique among everything, so each kind is asked at once; what the viewer may not list it may not fetch. */
async function findNode(request: RequestContext, asked: string): Promise<Found> {
  const isLeg = asked.endsWith(LEG);
  const id = (isLeg ? asked.slice(0, -LEG.length) : asked).toLowerCase();
  if (!isId(id)) return null;
  const may = (scope: string) => request.viewer.scopes.has(scope);
  const nothing = Promise.resolve(null);
  const reading = may("interactions:read");
  const [customer, interaction, touchpoint, rejection, pop] = await Promise.all([
    isLeg ? nothing : request.once(formerCustomerLoader).load(id),
    isLeg || !reading ? nothing : request.once(interactionLoader).load(id),
    reading ? findTouchpoint(request, { recordId: id, isLeg }) : nothing,
    isLeg || !may("rejections:read") ? nothing : request.once(rejectionLoader).load(id),
    isLeg || !may("live:pops") ? nothing : findOwnPop(request, id),
  ]);
  return (
    customer ??
    named("Interaction", interaction) ??
    named("Touchpoint", touchpoint) ??
    named("Rejection", rejection) ??
    named("ScreenPop", pop)
  );
}

/** An agent may fetch the pops of her own screen only. */
async function findOwnPop(request: RequestContext, id: string): Promise<PopRow | null> {
  const pop = await request.once(popLoader).load(id);
  return pop && maySeePopsOf(request.viewer, pop.agentId) ? pop : null;
}

function named<Row extends object>(name: string, row: Row | null): Typed<Row> | null {
  return row && { ...row, __typename: name };
}
