import { Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import type { RequestContext } from "../request.ts";
import { identityLoader } from "./identity.loader.ts";
import { type IdentityRow, IdentityType } from "./identity.type.ts";
import { IdentityVerdictType } from "./verdict.type.ts";

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

/** Erased identities are no longer among them. */
async function findIdentities(request: RequestContext, ids: readonly string[]): Promise<IdentityRow[]> {
  const found = await Promise.all(ids.map((id) => request.once(identityLoader).load(id)));
  return found.filter((identity) => identity !== null);
}
