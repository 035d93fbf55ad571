import { Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import { DateTime } from "../kit/scalars.ts";
import type { RequestContext } from "../request.ts";
import { ownerLoader } from "./customer.loader.ts";
import { identitiesLoader, seenLoader, sharingLoader } from "./identity.loader.ts";
import { type IdentityRow, IdentityType } from "./identity.type.ts";
import { pairsLoader } from "./tie.loader.ts";
import { IdentityDecisionType, IdentitySightingType } from "./tie.type.ts";
import { decisionsOf, tiesOf } from "./ties.ts";
import { verdictsLoader } from "./verdict.loader.ts";

@Resolver(() => IdentityType)
export class IdentityResolver {
  @FieldResolver(() => DateTime, { description: "When it was first on a record." })
  async firstSeenAt(@Root() { id, bornAt }: IdentityRow, @Ctx() request: RequestContext): Promise<Date> {
    return (await request.once(seenLoader).load(id)).firstSeenAt ?? bornAt;
  }

  @FieldResolver(() => DateTime, { description: "When it was last on a record." })
  async lastSeenAt(@Root() { id, bornAt }: IdentityRow, @Ctx() request: RequestContext): Promise<Date> {
    return (await request.once(seenLoader).load(id)).lastSeenAt ?? bornAt;
  }

  @FieldResolver(() => Boolean, { description: "Several customers hold it, each for a time." })
  async isShared(@Root() { id }: IdentityRow, @Ctx() request: RequestContext): Promise<boolean> {
    return (await request.once(sharingLoader).load(id)).isShared;
  }

  @FieldResolver(() => Boolean, {
    description: "So many use it that it is nobody's: a switchboard, a kiosk, a number that stands for all guests.",
  })
  async isPublic(@Root() { id }: IdentityRow, @Ctx() request: RequestContext): Promise<boolean> {
    return (await request.once(sharingLoader).load(id)).isPublic;
  }

  @FieldResolver(() => [IdentitySightingType], {
    description:
      "The evidence that ties it to its customer: the customer's other identities that it was on their records with, the strongest kind first, then the last seen; at most 20.",
  })
  async seenWith(@Root() identity: IdentityRow, @Ctx() request: RequestContext): Promise<IdentitySightingType[]> {
    const owner = await ownerOf(identity, request);
    return owner ? findTies(request, owner, identity.id) : [];
  }

  @FieldResolver(() => [IdentityDecisionType], {
    description:
      "The decisions in force that tie it to others of its customer's identities, newest first: it is theirs whatever records say.",
  })
  async joinedBy(@Root() identity: IdentityRow, @Ctx() request: RequestContext): Promise<IdentityDecisionType[]> {
    const owner = await ownerOf(identity, request);
    return owner ? findDecisions(request, owner, identity.id) : [];
  }
}

/** The customer whose list holds the identity, else its present owner. */
async function ownerOf({ id, customerId }: IdentityRow, request: RequestContext): Promise<string | undefined> {
  return customerId ?? (await request.once(ownerLoader).load(id))?.id;
}

async function findTies(request: RequestContext, owner: string, id: string): Promise<IdentitySightingType[]> {
  const [pairs, identities] = await Promise.all([
    request.once(pairsLoader).load(owner),
    request.once(identitiesLoader).load(owner),
  ]);
  return tiesOf(pairs, identities, id);
}

async function findDecisions(request: RequestContext, owner: string, id: string): Promise<IdentityDecisionType[]> {
  const [verdicts, identities] = await Promise.all([
    request.once(verdictsLoader).load(owner),
    request.once(identitiesLoader).load(owner),
  ]);
  return decisionsOf(verdicts, identities, id);
}
