import { Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import type { ConflictKind } from "../facts/vocabulary.ts";
import type { RequestContext } from "../request.ts";
import { type IdentityConflictRow, IdentityConflictType } from "./conflict.type.ts";
import { identityLoader } from "./identity.loader.ts";
import { type IdentityRow, IdentityType } from "./identity.type.ts";

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
    return CONFLICT_MESSAGES[kind];
  }
}

export const CONFLICT_MESSAGES: Readonly<Record<ConflictKind, string>> = {
  LIMIT: "Together they would hold more values of a namespace than one customer may have.",
  NEVER: "A verdict says that they are never one customer.",
  SIZE: "Together they would have more identities than one customer may have.",
  CONTESTED:
    "One of them was seen with several values of one anchor, or with more values of one namespace than a person has, so it joins nobody.",
  OVERRULED: "A newer verdict says the opposite.",
  SOURCE:
    "Both are known, and only a source that may not join customers, such as an agent's note, says that they are one.",
};
