import "reflect-metadata";
import { GraphQLSchema, lexicographicSortSchema, printSchema } from "graphql";
import { buildSchemaSync, type NonEmptyArray } from "type-graphql";
import { AuditEntryResolver } from "../../customers/audit-entry.resolver.ts";
import { IdentityConflictResolver } from "../../customers/conflict.resolver.ts";
import { CustomerResolver } from "../../customers/customer.resolver.ts";
import { CustomersResolver } from "../../customers/customers.resolver.ts";
import { IdentityResolver } from "../../customers/identity.resolver.ts";
import {
  InteractionOwnerResolver,
  ShareOwnerResolver,
  TouchpointOwnerResolver,
} from "../../customers/owner.resolver.ts";
import { CustomerRecordResolver } from "../../customers/record.resolver.ts";
import { IdentityVerdictResolver } from "../../customers/verdict.resolver.ts";
import { IntakeResolver } from "../../interactions/intake.resolver.ts";
import { InteractionResolver } from "../../interactions/interaction.resolver.ts";
import { InteractionsResolver } from "../../interactions/interactions.resolver.ts";
import { RejectionResolver } from "../../interactions/rejection.resolver.ts";
import { TimelineResolver } from "../../interactions/timeline.resolver.ts";
import { TouchpointResolver } from "../../interactions/touchpoint.resolver.ts";
import { DateTime } from "../../kit/scalars.ts";
import { CallerResolver } from "../../live/caller.resolver.ts";
import { ScreenPopResolver } from "../../live/pop.resolver.ts";
import { PeopleResolver } from "../../reports/people.resolver.ts";
import { REPORTS } from "../../reports/reports.ts";
import { NODE_TYPES, NodeResolver } from "../node.resolver.ts";
import { ReportsLoadingResolver } from "../reports-loading.resolver.ts";
import { RetentionResolver, RetentionRuleResolver } from "../retention.resolver.ts";
import { refuseUnread } from "../unread.ts";
import { ViewerResolver } from "../viewer.resolver.ts";
import { WatchResolver } from "../watch.resolver.ts";
import { DecidedResolver, MergePreviewResolver } from "../writes/decided.resolver.ts";
import { ExportResolver } from "../writes/export.resolver.ts";
import { FactsResolver } from "../writes/facts.resolver.ts";
import { ForgetResolver } from "../writes/forget.resolver.ts";
import { KeysResolver } from "../writes/keys.resolver.ts";
import { ReplayResolver } from "../writes/replay.resolver.ts";
import { RingingResolver } from "../writes/ringing.resolver.ts";
import { TrackingResolver } from "../writes/tracking.resolver.ts";
import { VerdictsResolver } from "../writes/verdicts.resolver.ts";
import {
  LoggedInteractionResolver,
  RecordedTouchpointResolver,
  WrittenCustomerResolver,
} from "../writes/written.resolver.ts";
import { checkScopes, enforcePolicy } from "./auth.ts";

/** Every resolver of the API: a report is added to `reports.ts`, any other here and its root fields in `policy.ts`. */
const RESOLVERS: NonEmptyArray<new () => object> = [
  CustomerResolver,
  CustomersResolver,
  IdentityResolver,
  IdentityVerdictResolver,
  IdentityConflictResolver,
  InteractionOwnerResolver,
  TouchpointOwnerResolver,
  ShareOwnerResolver,
  CustomerRecordResolver,
  DecidedResolver,
  MergePreviewResolver,
  ExportResolver,
  FactsResolver,
  ForgetResolver,
  AuditEntryResolver,
  IntakeResolver,
  KeysResolver,
  ViewerResolver,
  ReportsLoadingResolver,
  RetentionResolver,
  RetentionRuleResolver,
  NodeResolver,
  ReplayResolver,
  VerdictsResolver,
  LoggedInteractionResolver,
  WrittenCustomerResolver,
  RecordedTouchpointResolver,
  InteractionResolver,
  RejectionResolver,
  InteractionsResolver,
  TimelineResolver,
  TouchpointResolver,
  CallerResolver,
  ScreenPopResolver,
  RingingResolver,
  TrackingResolver,
  WatchResolver,
  PeopleResolver,
  ...REPORTS.map(({ resolver }) => resolver),
];

let made: GraphQLSchema | undefined;

/** The executable schema with the policy table applied. Every server of the process shares it: nothing in it is a server's own. */
export function createSchema(): GraphQLSchema {
  made ??= enforcePolicy(build());
  return made;
}

function build(): GraphQLSchema {
  return buildSchemaSync({
    resolvers: RESOLVERS,
    orphanedTypes: NODE_TYPES,
    authChecker: checkScopes,
    validateFn: refuseUnread,
    scalarsMap: [{ type: Date, scalar: DateTime }],
    pubSub: NO_PUBSUB,
    // It asks the whole schema of itself at each start; Apollo Server refuses one that is not valid all the same.
    skipCheck: true,
  });
}

/** The schema as it is published in `schema/schema.graphql`. */
export function printContract(schema: GraphQLSchema): string {
  return `# Printed by \`npm run contracts\`; never edited.\n\n${printSchema(lexicographicSortSchema(schema))}\n`;
}

/** Subscriptions have their own `subscribe`; TypeGraphQL requires this all the same. */
const NO_PUBSUB = {
  publish(): never {
    throw new Error("Nothing is published in the process.");
  },
  subscribe(): never {
    throw new Error("Subscriptions bring their own subscribe.");
  },
};
