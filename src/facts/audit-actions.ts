/** What the audit has rows of: looks, and what was done. */
export const AUDIT_LOOKS = [
  "customer.read",
  "customer.found",
  "customers.searched",
  "customers.listed",
  "interactions.listed",
  "caller.looked-up",
  "people.read",
  "report.exported",
  "conflicts.read",
  "rejections.read",
  "merge.previewed",
  "split.previewed",
  "customer.forget-previewed",
  "customer.exported",
  "keys.listed",
  "audit.read",
] as const;

export const AUDIT_DEEDS = [
  "customer.merged",
  "customer.split",
  "verdict.withdrawn",
  "customer.forgotten",
  "rejections.replayed",
  "key.created",
  "key.revoked",
] as const;

export type AuditAction = (typeof AUDIT_LOOKS)[number] | (typeof AUDIT_DEEDS)[number];
