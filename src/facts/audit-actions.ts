/** What the audit has rows of: looks, what was done, and what commands on the server did. */
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

export const AUDIT_COMMANDS = [
  "file.imported",
  "import.withdrawn",
  "originals.replayed",
  "customers.rebuilt",
  "customers.restitched",
  "source.changed",
  "namespace.changed",
  "routing-rules.changed",
  "consent-rule.changed",
  "retention-rule.changed",
  "retention.applied",
  "hold.placed",
  "hold.released",
  "backup.written",
  "backup.restored",
  "lake.written",
  "months.archived",
  "month.restored",
  "bi-role.made",
] as const;

export type AuditAction = (typeof AUDIT_LOOKS)[number] | (typeof AUDIT_DEEDS)[number] | (typeof AUDIT_COMMANDS)[number];
