import { timingSafeEqual } from "node:crypto";
import { createRemoteJWKSet, errors, type JWTPayload, jwtVerify } from "jose";
import { z } from "zod";
import { ANY_SOURCE } from "../facts/writer.ts";
import { scopesOf } from "../graphql/engine/auth.ts";
import { type Bounds, boundsOf, isInside } from "../keys/bounds.ts";
import { findUsableKey, type StoredKey, touchKey } from "../keys/keys.repository.ts";
import { hashOf } from "../keys/keys.ts";
import { AppError } from "../kit/errors.ts";
import { type RequestContext, ROLES, type Viewer } from "../request.ts";
import { addresses, type Sender } from "./address.ts";
import { openBudget } from "./budgets.ts";
import { openCredentials } from "./credentials.ts";

/** Who asks; requests are counted by the viewer's id. */
export interface Credential {
  viewer: Viewer;
  /** The pages that may send it; of a key that is no browser's, empty. */
  origins: readonly string[];
}

export interface AuthOptions {
  db: RequestContext["db"];
  adminKey: string | null;
  tokens: { jwksUrl: string; issuer: string; audience: string; roleClaim: string } | null;
  trustedProxies: readonly string[];
  /** How many requests without a valid key or signature an address may make in a second. */
  strangersPerSecond: number;
  /** Whether agents may search customers by name; they may when it is left out. */
  agentsSearch?: boolean;
  /** The clock, in milliseconds. */
  now?: () => number;
}

export type Headers = Readonly<Record<string, string | string[] | undefined>>;
/** `headers` have the key, which a socket sends in its first message; `from` is the request that it came with. */
export type Authenticate = (headers: Headers, from: Sender) => Promise<Credential>;

/** Asymmetric signatures only: `none` and shared secrets are not on the list. */
const ALGORITHMS = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"];

/** Authenticates a request: an API key, the bootstrap admin key or a JSON web token. */
export function authenticator(options: AuthOptions): Authenticate {
  const now = options.now ?? Date.now;
  const addressOf = addresses(options.trustedProxies);
  const strangers = openBudget(options.strangersPerSecond, now);
  const credentials = openCredentials(now);
  const checkToken = options.tokens ? tokenChecker(options.tokens) : async () => null;
  const adminHash = options.adminKey === null ? null : hashOf(options.adminKey);

  async function look(secret: string, hash: Buffer): Promise<Credential | null> {
    if (adminHash && timingSafeEqual(adminHash, hash))
      return credentialOf("admin-key", { name: "admin", role: "admin", ...UNBOUND });
    return isToken(secret) ? checkToken(secret) : credentialOfKey(options.db, hash);
  }

  /** Made-up keys cost a look at the database each, so an address has only so many. */
  function stranger(address: string, message: string): AppError {
    strangers.spend(address);
    return new AppError("UNAUTHENTICATED", message);
  }

  return async (headers, from) => {
    const secret = secretIn(headers);
    const address = addressOf(from);
    if (!secret) throw stranger(address, "Send an API key: `Authorization: Bearer c360_…`.");
    const hash = hashOf(secret);
    // A token states its own expiry, which cannot be checked while the keys are away, so a token does not outlast them.
    const mayOutlast = !isToken(secret);
    const credential = await credentials.recall(
      hash.toString("base64"),
      (wasGood) => {
        // Whose key was good a while ago is no stranger, whoever else is behind the address.
        if (!wasGood) strangers.check(address);
        return look(secret, hash);
      },
      mayOutlast,
    );
    // Of an answer from the cache the key may have expired since.
    if (credential && (credential.viewer.expiresAt === null || credential.viewer.expiresAt.getTime() > now())) {
      checkOrigin(credential, headers);
      if (isInside(credential.viewer.networks, address))
        return options.agentsSearch === false ? withoutSearch(credential) : credential;
      throw new AppError("FORBIDDEN", "The key does not open from this network: ask for one that does.");
    }
    throw stranger(address, "The key or token is unknown, expired or revoked: ask for a new one.");
  };
}

function withoutSearch(credential: Credential): Credential {
  const { viewer } = credential;
  if (viewer.role !== "agent") return credential;
  const scopes = new Set([...viewer.scopes].filter((scope) => scope !== "customers:search"));
  return { ...credential, viewer: { ...viewer, scopes } };
}

/** What a browser may send is sent by the pages of its origins only; other programmes can say any origin. */
function checkOrigin({ viewer, origins }: Credential, { origin }: Headers): void {
  if (viewer.role !== "collector" || origins.some((one) => one === origin)) return;
  throw new AppError(
    "FORBIDDEN",
    "A collector's key opens for the pages of its origins only: add this page's origin to it.",
  );
}

function secretIn(headers: Headers): string | null {
  const { authorization, "x-api-key": apiKey } = headers;
  const bearer = typeof authorization === "string" && /^Bearer +(\S+)\s*$/i.exec(authorization)?.[1];
  return bearer || (typeof apiKey === "string" && apiKey.trim()) || null;
}

function isToken(secret: string): boolean {
  return /^[\w-]+\.[\w-]+\.[\w-]+$/.test(secret);
}

async function credentialOfKey(db: RequestContext["db"], hash: Buffer): Promise<Credential | null> {
  const key = await findUsableKey(db, hash);
  if (!key) return null;
  await touchKey(db, key.id);
  return credentialOf(`key:${key.id}`, key);
}

type Known = Pick<StoredKey, "name" | "role" | "agentId" | "expiresAt" | keyof Bounds>;

const UNBOUND = {
  agentId: null,
  expiresAt: null,
  sources: [ANY_SOURCE],
  teams: [],
  callCentreIds: [],
  networks: [],
  origins: [],
};

/** A role that this version does not know gives no access. */
function credentialOf(id: string, { role: given, origins, ...bound }: Known): Credential | null {
  const role = ROLES.find((one) => one === given);
  if (!role) return null;
  const { name, agentId, sources, teams, callCentreIds, networks, expiresAt } = bound;
  const bounds = { agentId, sources, teams, callCentreIds, networks, expiresAt };
  return { viewer: { id, name, role, scopes: scopesOf(role), ...bounds }, origins };
}

type TokenSettings = NonNullable<AuthOptions["tokens"]>;

function tokenChecker({ jwksUrl, issuer, audience, roleClaim }: TokenSettings) {
  const keys = createRemoteJWKSet(new URL(jwksUrl));
  return async (token: string): Promise<Credential | null> => {
    try {
      const { payload } = await jwtVerify(token, keys, {
        issuer,
        audience,
        algorithms: ALGORITHMS,
        requiredClaims: ["exp", "sub"],
      });
      return credentialOfToken(payload, roleClaim);
    } catch (error) {
      if (error instanceof AppError || isTheirs(error)) return null;
      throw new AppError(
        "UNAVAILABLE",
        "The keys that tokens are signed with cannot be fetched: try again in a few seconds.",
      );
    }
  };
}

/** A claim that cannot be read would bind nothing, so a token with one opens nothing. */
function credentialOfToken(payload: JWTPayload, roleClaim: string): Credential | null {
  const claimed = [payload[roleClaim]].flat();
  const role = ROLES.find((known) => claimed.includes(known));
  const claims = boundClaims.safeParse(payload);
  if (!role || !claims.success) return null;
  const { sub, agent_id: agentId, sources, teams, call_centre_ids: callCentreIds, networks } = claims.data;
  const bounds = boundsOf({ role, sources, teams, callCentreIds, networks });
  return credentialOf(`token:${sub}`, { name: sub, role, agentId, expiresAt: null, ...bounds });
}

const texts = z.union([z.string().transform((one) => [one]), z.array(z.string())]).optional();
const boundClaims = z.object({
  sub: z.string(),
  agent_id: z
    .string()
    .nullish()
    .transform((id) => id ?? null),
  sources: texts,
  teams: texts,
  call_centre_ids: texts,
  networks: texts,
});

/** Whether the token is wrong, rather than its keys unavailable. */
function isTheirs(error: unknown): boolean {
  if (error instanceof errors.JWKSTimeout || error instanceof errors.JWKSInvalid) return false;
  return error instanceof errors.JOSEError && error.code !== "ERR_JOSE_GENERIC";
}
