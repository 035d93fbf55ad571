import { timingSafeEqual } from "node:crypto";
import { createRemoteJWKSet, errors, type JWTPayload, jwtVerify } from "jose";
import { scopesOf } from "../graphql/engine/auth.ts";
import { findUsableKey, touchKey } from "../keys/keys.repository.ts";
import { hashOf } from "../keys/keys.ts";
import { AppError } from "../kit/errors.ts";
import { type RequestContext, ROLES, type Role, type Viewer } from "../request.ts";
import { openCredentials } from "./credentials.ts";

/** Who asks, and the name under which requests are counted. */
export interface Credential {
  id: string;
  viewer: Viewer;
}

export interface AuthOptions {
  db: RequestContext["db"];
  adminKey: string | null;
  tokens: { jwksUrl: string; issuer: string; audience: string; roleClaim: string } | null;
  /** The clock, in milliseconds. */
  now?: () => number;
}

export type Headers = Readonly<Record<string, string | string[] | undefined>>;
export type Authenticate = (headers: Headers) => Promise<Credential>;

/** Asymmetric signatures only: `none` and shared secrets are not on the list. */
const ALGORITHMS = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"];

/** Authenticates a request: an API key, the bootstrap admin key or a JSON web token. */
export function authenticator(options: AuthOptions): Authenticate {
  const credentials = openCredentials(options.now ?? Date.now);
  const checkToken = options.tokens ? tokenChecker(options.tokens) : async () => null;
  const adminHash = options.adminKey === null ? null : hashOf(options.adminKey);

  async function look(secret: string, hash: Buffer): Promise<Credential | null> {
    if (adminHash && timingSafeEqual(adminHash, hash)) return credentialOf("admin-key", "admin", "admin");
    return isToken(secret) ? checkToken(secret) : credentialOfKey(options.db, hash);
  }

  return async (headers) => {
    const secret = secretIn(headers);
    if (!secret) throw new AppError("UNAUTHENTICATED", "Send an API key: `Authorization: Bearer c360_…`.");
    const hash = hashOf(secret);
    // A token states its own expiry, which cannot be checked while the keys are away, so a token does not outlast them.
    const mayOutlast = !isToken(secret);
    const credential = await credentials.recall(hash.toString("base64"), () => look(secret, hash), mayOutlast);
    if (credential) return credential;
    throw new AppError("UNAUTHENTICATED", "The key or token is unknown, expired or revoked: ask for a new one.");
  };
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
  return credentialOf(`key:${key.id}`, key.name, key.role, key.agentId);
}

/** A role that this version does not know gives no access. */
function credentialOf(id: string, name: string, role: string, agentId: string | null = null): Credential | null {
  const known = ROLES.find((one) => one === role);
  return known ? { id, viewer: viewerOf(name, known, agentId) } : null;
}

function viewerOf(name: string, role: Role, agentId: string | null): Viewer {
  return { name, role, scopes: scopesOf(role), agentId };
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
      if (isTheirs(error)) return null;
      throw new AppError(
        "UNAVAILABLE",
        "The keys that tokens are signed with cannot be fetched: try again in a few seconds.",
      );
    }
  };
}

function credentialOfToken(payload: JWTPayload, roleClaim: string): Credential | null {
  const claimed = [payload[roleClaim]].flat();
  const role = ROLES.find((known) => claimed.includes(known));
  const { sub = "", agent_id: agentId } = payload;
  return role ? credentialOf(`token:${sub}`, sub, role, typeof agentId === "string" ? agentId : null) : null;
}

/** Whether the token is wrong, rather than its keys unavailable. */
function isTheirs(error: unknown): boolean {
  if (error instanceof errors.JWKSTimeout || error instanceof errors.JWKSInvalid) return false;
  return error instanceof errors.JOSEError && error.code !== "ERR_JOSE_GENERIC";
}
