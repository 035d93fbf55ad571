import { Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import type { ConflictKind } from "../facts/vocabulary.ts";
import { DateTime } from "../kit/scalars.ts";
import type { RequestContext } from "../request.ts";
import { ownerLoader } from "./customer.loader.ts";
import { identitiesLoader, identityLoader, seenLoader, sharingLoader } from "./identity.loader.ts";
import { type IdentityRow, IdentityType } from "./identity.type.ts";
import { pairsLoader } from "./tie.loader.ts";
import { IdentityDecisionType, IdentitySightingType } from "./tie.type.ts";
import { decisionsOf, tiesOf } from "./ties.ts";
import { verdictsLoader } from "./verdict.loader.ts";
import { type IdentityConflictRow, IdentityConflictType, IdentityVerdictType } from "./verdict.type.ts";

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

  @FieldResolver(() => Boolean, { description: "So many use it that it is nobody's: a switchboard, a kiosk." })
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

@Resolver(() => IdentityVerdictType)
export class IdentityVerdictResolver {
  @FieldResolver(() => [IdentityType], { description: "The identities that it is about; of a NEVER, one side." })
  left(@Root() { leftIds }: IdentityVerdictType, @Ctx() request: RequestContext): Promise<IdentityRow[]> {
    return findIdentities(request, leftIds);
  }

  @FieldResolver(() => [IdentityType], { description: "The other side; of a MUST, more that are the same customer." })
  right(@Root() { rightIds }: IdentityVerdictType, @Ctx() request: RequestContext): Promise<IdentityRow[]> {
    return findIdentities(request, rightIds);
  }
}

@Resolver(() => IdentityConflictType)
export class IdentityConflictResolver {
  @FieldResolver(() => IdentityType, { description: "One of the two." })
  a(@Root() { aId }: IdentityConflictRow, @Ctx() request: RequestContext): Promise<IdentityRow | null> {
    return request.once(identityLoader).load(aId);
  }

  @FieldResolver(() => IdentityType, { description: "The other." })
  b(@Root() { bId }: IdentityConflictRow, @Ctx() request: RequestContext): Promise<IdentityRow | null> {
    return request.once(identityLoader).load(bId);
  }

  @FieldResolver(() => String, { description: "Why they are kept apart, as a sentence." })
  message(@Root() { kind }: IdentityConflictRow): string {
    return MESSAGES[kind];
  }
}

/** Whose list it stands in; of one that stands for itself, whose it is now. */
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

/** Identities that have been erased since are no longer among them. */
async function findIdentities(request: RequestContext, ids: readonly string[]): Promise<IdentityRow[]> {
  const found = await Promise.all(ids.map((id) => request.once(identityLoader).load(id)));
  return found.filter((identity) => identity !== null);
}

export const MESSAGES: Readonly<Record<ConflictKind, string>> = {
  LIMIT: "Together they would hold more values of a namespace than one customer may have.",
  NEVER: "A verdict says that they are never one customer.",
  SIZE: "Together they would have more identities than one customer may have.",
  CONTESTED: "One of them was seen with several values of one anchor, so it joins nobody.",
  OVERRULED: "A newer verdict says the opposite.",
};
