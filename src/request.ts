import type { Trail } from "./audit/trail.ts";
import type { Db } from "./db/client.ts";
import type { Rules } from "./facts/rules.ts";
import type { Log } from "./kit/log.ts";

export const ROLES = ["ivr", "agent", "supervisor", "analyst", "privacy", "admin"] as const;
export type Role = (typeof ROLES)[number];

/** Who asks, and what that allows. */
export interface Viewer {
  /** The key's name or the token's subject: what audit rows and verdicts say. */
  name: string;
  role: Role;
  scopes: ReadonlySet<string>;
  /** Set on an agent's key: the only agent it may name. */
  agentId: string | null;
}

/** Who asks, and under which id. */
export type Asker = Pick<RequestContext, "viewer" | "requestId">;

/** What a request carries, handed to every resolver. Plain, because Apollo copies it. */
export interface RequestContext {
  db: Db;
  viewer: Viewer;
  /** The answer's `x-request-id`. */
  requestId: string;
  /** Its lines say `requestId`. */
  log: Log;
  rules: Rules;
  /** The key under which identity values are hashed to ids. */
  identityKey: Uint8Array;
  /** The key under which refused bodies are sealed; without it they are not shown, not even redacted. */
  rejectionKey?: Uint8Array;
  /** Where it is noted who looked at whom. */
  trail: Trail;
  /** One loader (or whatever the factory makes) a request: `request.once(timelineLoader).load(id)`. */
  once<Made>(factory: (request: RequestContext) => Made): Made;
}

/** Adds `once` to the rest of a context. */
export function openRequest(base: Omit<RequestContext, "once">): RequestContext {
  const made = new Map<unknown, unknown>();
  const request: RequestContext = {
    ...base,
    once(factory) {
      if (!made.has(factory)) made.set(factory, factory(request));
      return made.get(factory) as ReturnType<typeof factory>;
    },
  };
  return request;
}
