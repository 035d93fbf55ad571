import "reflect-metadata";

import { type GraphQLSchema, graphql } from "graphql";
import { buildSchemaSync } from "type-graphql";
import { IdentityConflictResolver } from "../../src/customers/conflict.resolver.ts";
import { CustomerResolver } from "../../src/customers/customer.resolver.ts";
import { CustomersResolver } from "../../src/customers/customers.resolver.ts";
import { IdentityResolver } from "../../src/customers/identity.resolver.ts";
import { InteractionOwnerResolver, TouchpointOwnerResolver } from "../../src/customers/owner.resolver.ts";
import { CustomerRecordResolver } from "../../src/customers/record.resolver.ts";
import { IdentityVerdictResolver } from "../../src/customers/verdict.resolver.ts";
import type { Database } from "../../src/db/client.ts";
import { scopesOf } from "../../src/graphql/engine/auth.ts";
import { NODE_TYPES, NodeResolver } from "../../src/graphql/node.resolver.ts";
import { findRules } from "../../src/identity/rules.repository.ts";
import { InteractionResolver } from "../../src/interactions/interaction.resolver.ts";
import { InteractionsResolver } from "../../src/interactions/interactions.resolver.ts";
import { RejectionResolver } from "../../src/interactions/rejection.resolver.ts";
import { TimelineResolver } from "../../src/interactions/timeline.resolver.ts";
import { TouchpointResolver } from "../../src/interactions/touchpoint.resolver.ts";
import { openLog } from "../../src/kit/log.ts";
import { DateTime } from "../../src/kit/scalars.ts";
import { openRequest, type Role } from "../../src/request.ts";
import { NO_AUDIT_LOG, PATIENT_MS, TEST_KEYS } from "../kit/ingest.ts";
import { BOUND_TO_NOTHING } from "../kit/viewer.ts";
import { watched } from "../kit/watch.ts";
import { journeysOf } from "../kit/workers.ts";

let built: GraphQLSchema | undefined;

/** The read wing alone, without the policy that is laid over it. */
export function readingSchema(): GraphQLSchema {
  built ??= buildSchemaSync({
    resolvers: [
      CustomersResolver,
      CustomerResolver,
      IdentityResolver,
      IdentityVerdictResolver,
      IdentityConflictResolver,
      CustomerRecordResolver,
      InteractionOwnerResolver,
      TouchpointOwnerResolver,
      InteractionsResolver,
      InteractionResolver,
      RejectionResolver,
      TimelineResolver,
      TouchpointResolver,
      NodeResolver,
    ],
    orphanedTypes: NODE_TYPES,
    validate: false,
    scalarsMap: [{ type: Date, scalar: DateTime }],
  });
  return built;
}

export interface Answer {
  // biome-ignore lint/suspicious/noExplicitAny: an answer's shape is the query's.
  data: any;
  errors: { message: string; code: string | undefined }[];
  /** How many statements it took. */
  statements: number;
}

/** Asks as an admin, who may see everything. */
export function ask(db: Database, source: string, variables: object = {}): Promise<Answer> {
  return askAs("admin", db, { source, variables });
}

/** Asks as somebody of a role. */
export async function askAs(
  role: Role,
  db: Database,
  { source, variables }: { source: string; variables: object },
): Promise<Answer> {
  let statements = 0;
  const counting = watched(db, () => {
    statements += 1;
  });
  const contextValue = openRequest({
    db: counting,
    journeys: journeysOf(db),
    log: openLog("silent"),
    rules: await findRules(db, "SE"),
    identityKey: TEST_KEYS.identityKey,
    rejectionKey: TEST_KEYS.rejectionKey,
    auditLog: NO_AUDIT_LOG,
    lookupDeadlineMs: PATIENT_MS,
    requestId: "test",
    viewer: { name: "test", role, scopes: scopesOf(role), ...BOUND_TO_NOTHING },
  });
  const answer = await graphql({
    schema: readingSchema(),
    source,
    // As a client sends them: text.
    variableValues: JSON.parse(JSON.stringify(variables)),
    contextValue,
  });
  const errors = (answer.errors ?? []).map(({ message, originalError }) => ({
    message,
    code: (originalError as { code?: string } | undefined)?.code,
  }));
  return { data: answer.data, errors, statements };
}
