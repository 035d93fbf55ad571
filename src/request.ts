import type { AuditLog } from "./audit/audit-log.ts";
import type { Db } from "./db/client.ts";
import type { Rules } from "./facts/rules.ts";
import type { Journeys } from "./journeys/journeys.ts";
import type { Log } from "./kit/log.ts";

export const ROLES = ["ivr", "collector", "agent", "supervisor", "analyst", "privacy", "admin"] as const;
export type Role = (typeof ROLES)[number];

/** Who sends the request, and what they may do. */
export interface Viewer {
  /** `key:` and the key's id, `token:` and its subject, or `admin-key`: names repeat, this does not. */
  id: string;
  /** The key's name or the token's subject, as audit rows and verdicts show it. */
  name: string;
  role: Role;
  scopes: ReadonlySet<string>;
  /** Of an agent's key: the only agent that it may name. */
  agentId: string | null;
  /** The sources that it may write as: names, or how they begin and a star. */
  sources: readonly string[];
  /** The teams whose interactions and figures it may read; empty binds it to none. */
  teams: readonly string[];
  /** The call centres, in the same way. */
  callCentreIds: readonly string[];
  /** The networks that the key opens from; empty for any. */
  networks: readonly string[];
  /** When the key ends; null for never, and of tokens. */
  expiresAt: Date | null;
}

/** The viewer and the id of a request. */
export type Asker = Pick<RequestContext, "viewer" | "requestId">;

/** What every resolver gets. A plain object, because Apollo copies it. */
export interface RequestContext {
  db: Db;
  /** What reports read. */
  journeys: Journeys;
  viewer: Viewer;
  /** The answer's `x-request-id`. */
  requestId: string;
  /** Its lines have the `requestId`. */
  log: Log;
  rules: Rules;
  /** The key that hashes identities to ids. */
  identityKey: Uint8Array;
  /** The key that encrypts rejected bodies; without it they are not shown, not even redacted. */
  rejectionKey?: Uint8Array;
  /** How long a look-up may take; what is known by then is the answer. */
  lookupDeadlineMs: number;
  /** Records who looked at which customer. */
  auditLog: AuditLog;
  /** One loader, or whatever the factory makes, for each request: `request.once(timelineLoader).load(id)`. */
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
