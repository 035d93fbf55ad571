import { CAR, CAR_EXTRA, OF_CUSTOMER } from "../../fields/car.ts";
import { policyOf } from "../../fields/derive/policy.ts";
import { INTERACTION } from "../../fields/interaction.ts";
import { MOMENT } from "../../fields/touchpoint.ts";
import { fieldOf } from "../../reports/declaration.ts";
import { REPORTS } from "../../reports/reports.ts";
import type { Role } from "../../request.ts";

// Who may do and see what. A root field, or a field of a guarded type, that is missing here stops the server from
// starting.

export const SCOPES = [
  "viewer:read",
  "customers:read",
  "customers:find",
  "customers:search",
  "customers:list",
  "customers:name",
  "customers:personal",
  "customers:sensitive",
  "identities:read",
  "interactions:read",
  "interactions:list",
  "interactions:notes",
  "facts:write",
  "touchpoints:write",
  "verdicts:read",
  "verdicts:write",
  "intake:read",
  "rejections:read",
  "rejections:replay",
  "reports:read",
  "figures:read",
  "live:lookup",
  "live:announce",
  "live:pops",
  "tracking:write",
  "privacy:forget",
  "privacy:export",
  "audit:read",
  "keys:admin",
] as const;
export type Scope = (typeof SCOPES)[number];

const READER: readonly Scope[] = ["viewer:read", "customers:read", "interactions:read"];
const LISTS: readonly Scope[] = ["customers:list", "interactions:list"];
const WRITER: readonly Scope[] = ["facts:write", "touchpoints:write"];
const DESK: readonly Scope[] = [
  ...READER,
  "customers:find",
  "customers:search",
  "customers:name",
  "customers:personal",
  "identities:read",
  "interactions:notes",
  "verdicts:read",
];

/**
 * The scopes of each role. A key or a token has exactly one role. A menu looks up and logs; a collector, which a browser
 * holds, records touchpoints over /v1 and reads nothing; an agent sees whom she looks up, and her own figures; an analyst
 * counts, and finds nobody by who they are.
 */
export const ROLE_SCOPES: Readonly<Record<Role, readonly Scope[]>> = {
  ivr: ["viewer:read", "customers:name", ...WRITER, "live:lookup", "live:announce"],
  collector: ["touchpoints:write"],
  agent: [...DESK, ...WRITER, "figures:read", "live:lookup", "live:pops"],
  supervisor: [
    ...DESK,
    ...LISTS,
    ...WRITER,
    "figures:read",
    "verdicts:write",
    "intake:read",
    "rejections:read",
    "reports:read",
    "live:lookup",
    "live:announce",
    "live:pops",
  ],
  analyst: [...READER, ...LISTS, "intake:read", "reports:read", "figures:read"],
  privacy: [
    ...DESK,
    ...LISTS,
    "customers:sensitive",
    "verdicts:write",
    "intake:read",
    "rejections:read",
    "privacy:forget",
    "privacy:export",
    "audit:read",
  ],
  admin: SCOPES,
};

/** The scope of every field of Query, Mutation and Subscription; every report has the same. */
export const ROOT_SCOPES: Readonly<Record<string, Scope>> = {
  "Query.viewer": "viewer:read",
  "Query.node": "customers:read",
  "Query.nodes": "customers:read",
  "Query.customer": "customers:read",
  "Query.customers": "customers:read",
  "Query.interaction": "interactions:read",
  "Query.interactions": "interactions:list",
  "Query.intake": "intake:read",
  "Query.rejections": "rejections:read",
  "Query.mergePreview": "verdicts:write",
  "Query.splitPreview": "verdicts:write",
  "Query.identityConflicts": "customers:list",
  ...Object.fromEntries(REPORTS.map(({ name }) => [`Query.${fieldOf(name)}`, "reports:read"] as const)),
  "Query.people": "reports:read",
  "Query.reportsLoading": "reports:read",
  "Query.audit": "audit:read",
  "Query.retention": "audit:read",
  "Query.previewForget": "privacy:forget",
  "Query.contactCentreKpis": "figures:read",
  "Query.lookupCaller": "live:lookup",
  "Query.apiKeys": "keys:admin",
  "Mutation.logCall": "facts:write",
  "Mutation.logInteraction": "facts:write",
  "Mutation.logInteractions": "facts:write",
  "Mutation.recordTouchpoints": "facts:write",
  "Mutation.upsertCustomer": "facts:write",
  "Mutation.linkIdentities": "verdicts:write",
  "Mutation.mergeCustomers": "verdicts:write",
  "Mutation.splitCustomer": "verdicts:write",
  "Mutation.withdrawVerdict": "verdicts:write",
  "Mutation.forgetCustomer": "privacy:forget",
  "Mutation.exportCustomer": "privacy:export",
  "Mutation.replayRejections": "rejections:replay",
  "Mutation.createApiKey": "keys:admin",
  "Mutation.revokeApiKey": "keys:admin",
  "Mutation.announceCall": "live:announce",
  "Mutation.transferCall": "live:announce",
  "Mutation.endCall": "live:announce",
  "Mutation.acknowledgePop": "live:pops",
  "Mutation.upsertTrackingNumbers": "tracking:write",
  "Mutation.leaseTrackingNumber": "facts:write",
  "Subscription.screenPop": "live:pops",
  "Subscription.customerActivity": "interactions:read",
  "Subscription.kpiTick": "figures:read",
};

/** How the fields of a guarded type are shown: to everybody, to viewers with a scope, or masked without it. */
export interface TypePolicy {
  open: readonly string[];
  scoped?: Readonly<Record<string, Scope>>;
  masked?: Readonly<Record<string, Scope>>;
  /** Texts that are never null: without the scope they say that they are withheld. */
  withheld?: Readonly<Record<string, Scope>>;
  /** Lists of field names: fields that the viewer may not read are left out. */
  naming?: readonly string[];
  /** The property with the customer's id: reading a field of the type adds a row to the table `audit`. */
  auditedBy?: "id" | "customerId";
}

const CUSTOMER: TypePolicy = {
  ...withScopes(
    policyOf(
      OF_CUSTOMER,
      words("id isAnonymous record identities consents summary recentTouchpoints verdicts formerIds createdAt"),
    ),
    { timeline: "interactions:read" },
  ),
  auditedBy: "id",
};

const CUSTOMER_RECORD: TypePolicy = {
  ...policyOf({ ...CAR, ...CAR_EXTRA }, ["provenance"]),
  naming: ["provenance"],
};

const INTERACTION_POLICY: TypePolicy = {
  ...policyOf(INTERACTION, ["id", "contact", "customer", "ingestedAt", "touchpoints", "match", "dataQuality"]),
  auditedBy: "customerId",
};

/** The types with personal data; all their fields are listed. */
export const TYPE_POLICIES: Readonly<Record<string, TypePolicy>> = {
  Customer: CUSTOMER,
  MergedCustomer: { open: ["id", "survivor"] },
  CustomerRecord: CUSTOMER_RECORD,
  Identity: {
    open: ["namespace", "kind", "firstSeenAt", "lastSeenAt", "isShared", "isPublic", "seenWith", "joinedBy"],
    masked: { value: "identities:read" },
  },
  IdentitySighting: {
    open: ["namespace", "kind", "records", "sources", "firstAt", "lastAt", "lastRecordId", "lastSource"],
    masked: { value: "identities:read" },
    auditedBy: "customerId",
  },
  IdentityDecision: { open: ["id", "at"], withheld: { by: "verdicts:read", reason: "verdicts:read" } },
  Interaction: INTERACTION_POLICY,
  Touchpoint: {
    ...withScopes(policyOf(MOMENT, ["id", "source", "stage", "customer", "dataQuality"]), {
      interaction: "interactions:read",
    }),
    auditedBy: "customerId",
  },
  Rejection: {
    open: [],
    scoped: {
      id: "rejections:read",
      source: "rejections:read",
      sourceId: "rejections:read",
      reason: "rejections:read",
      stage: "rejections:read",
      message: "rejections:read",
      receivedAt: "rejections:read",
      line: "rejections:read",
      body: "rejections:read",
    },
  },
  IdentityVerdict: {
    open: ["id", "kind", "left", "right", "at", "withdrawnAt"],
    withheld: { by: "verdicts:read", reason: "verdicts:read" },
  },
  IdentityConflict: { open: ["a", "b", "kind", "observedAt", "source", "message"] },
  PeopleReport: {
    open: [],
    scoped: {
      customers: "customers:read",
      identified: "customers:read",
      figure: "customers:read",
      nodes: "customers:read",
      pageInfo: "customers:read",
      knownAt: "customers:read",
      forgottenSince: "customers:read",
      excludedByConsent: "customers:read",
      wholeSince: "customers:read",
      archivedMonths: "customers:read",
    },
  },
  FieldProvenance: { open: ["field", "source", "observedAt", "isDerived"] },
};

/** The policy, with fields of the type's own that need a scope. */
function withScopes(policy: TypePolicy, more: Readonly<Record<string, Scope>>): TypePolicy {
  return { ...policy, scoped: { ...policy.scoped, ...more } };
}

/** Splits a text into words: a long list reads better as prose than as a column of strings. */
function words(text: string): string[] {
  return text.trim().split(/\s+/);
}
