import type { AuditAction } from "../../facts/audit-actions.ts";

/** What a root field leaves in the audit beside the customers that are read: what was done, and with what. */
interface AuditNote {
  action: AuditAction;
  customerId?: string | null;
  detail?: object;
}

type EntryOf = (args: never, answer: never) => AuditNote | null;

const always = (action: AuditAction) => () => ({ action });
const ofKey =
  (action: AuditAction) =>
  (_: never, { apiKey }: { apiKey: { id: string } | null }): AuditNote | null =>
    apiKey && { action, detail: { key: apiKey.id } };

/** By root field. What decides about customers leaves its rows in its own transaction; what reads one, by its types. */
export const AUDITED: Readonly<Record<string, EntryOf>> = {
  "Query.customer": ({ identity }: { identity?: object | null }, answer: { id: string } | null) =>
    identity == null ? null : { action: "customer.found", customerId: answer?.id ?? null },
  "Query.customers": ({ filter }: { filter?: { search?: string | null } | null }) => ({
    action: filter?.search ? "customers.searched" : "customers.listed",
  }),
  "Query.interactions": always("interactions.listed"),
  "Query.identityConflicts": always("conflicts.read"),
  "Query.mergePreview": always("merge.previewed"),
  "Query.splitPreview": always("split.previewed"),
  "Query.rejections": always("rejections.read"),
  "Query.audit": always("audit.read"),
  "Query.apiKeys": always("keys.listed"),
  "Mutation.replayRejections": always("rejections.replayed"),
  "Mutation.createApiKey": ofKey("key.created"),
  "Mutation.revokeApiKey": ofKey("key.revoked"),
};
