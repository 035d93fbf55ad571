import { Arg, Ctx, ID, Mutation, Query, Resolver } from "type-graphql";
import { ANY_SOURCE } from "../../facts/writer.ts";
import { findKeys, type StoredKey } from "../../keys/keys.repository.ts";
import { issueKey, revokeKey } from "../../keys/keys.ts";
import { AppError } from "../../kit/errors.ts";
import { isId } from "../../kit/page.ts";
import { type RequestContext, ROLES, type Viewer } from "../../request.ts";
import { orFaults } from "./faults.ts";
import { ApiKeyType, CreateApiKeyInput, CreateApiKeyPayloadType, RevokeApiKeyPayloadType } from "./keys.type.ts";

/** The keys of the API, the same as those of `npm run keys`. */
@Resolver()
export class KeysResolver {
  @Query(() => [ApiKeyType], {
    description: "Every key that was ever made, oldest first; the keys themselves are nowhere.",
  })
  async apiKeys(@Ctx() { db }: RequestContext): Promise<ApiKeyType[]> {
    return (await findKeys(db)).map(shownOf);
  }

  @Mutation(() => CreateApiKeyPayloadType, { description: "Makes a key and shows its secret, this once." })
  createApiKey(
    @Arg("input", () => CreateApiKeyInput, { description: "What it is called and what it may do." })
    input: CreateApiKeyInput,
    @Ctx() { db, viewer, log }: RequestContext,
  ): Promise<CreateApiKeyPayloadType> {
    return orFaults(
      async () => {
        if (isBound(viewer)) throw BOUND;
        checkWithin(viewer, input);
        if (input.expiresAt && input.expiresAt <= new Date()) throw EXPIRED;
        const { secret, ...key } = await issueKey(db, input);
        log.info("key.created", { id: key.id, role: key.role, by: viewer.role });
        return { apiKey: shownOf(key), secret };
      },
      { apiKey: null, secret: null },
    );
  }

  @Mutation(() => RevokeApiKeyPayloadType, { description: "Stops a key for good; servers notice within five seconds." })
  revokeApiKey(
    @Arg("id", () => ID, { description: "The key's id, not the key." }) id: string,
    @Ctx() { db, viewer, log }: RequestContext,
  ): Promise<RevokeApiKeyPayloadType> {
    return orFaults(
      async () => {
        if (!isId(id)) throw NOT_AN_ID;
        const [key] = await revokeKey(db, id);
        log.info("key.revoked", { id, by: viewer.role });
        return { apiKey: shownOf(key!) };
      },
      { apiKey: null },
    );
  }
}

const EXPIRED = new AppError("BAD_INPUT", "Send an `expiresAt` that lies ahead, or leave it out.", [
  "input",
  "expiresAt",
]);
const BOUND = new AppError(
  "FORBIDDEN",
  "This key is bound to an agent, sources, teams or call centres, and what it made would be bound to none: make keys with one that is not.",
);
const NOT_AN_ID = new AppError("NOT_FOUND", "No key has this id: `apiKeys` lists them.", ["id"]);

function isBound({ agentId, sources, teams, callCentreIds }: Viewer): boolean {
  return agentId !== null || !sources.includes(ANY_SOURCE) || teams.length > 0 || callCentreIds.length > 0;
}

/** What a key makes opens from no more networks than itself, and no longer. */
function checkWithin({ networks, expiresAt }: Viewer, made: CreateApiKeyInput): void {
  const named = (made.networks ?? []).map((network) => network.trim());
  if (networks.length > 0 && (named.length === 0 || named.some((network) => !networks.includes(network))))
    throw new AppError("FORBIDDEN", NETWORKS, ["input", "networks"]);
  if (expiresAt !== null && (made.expiresAt == null || made.expiresAt > expiresAt))
    throw new AppError("FORBIDDEN", OUTLASTS, ["input", "expiresAt"]);
}

const NETWORKS = "This key opens from some networks only: name one or more of them, as they are written in it.";
const OUTLASTS = "This key expires: send an `expiresAt` that is no later than its own.";

function shownOf({ role, ...key }: StoredKey): ApiKeyType {
  return { ...key, role: ROLES.find((known) => known === role) ?? null };
}
