import "reflect-metadata";
import { type GraphQLSchema, lexicographicSortSchema, printSchema } from "graphql";
import { buildSchemaSync, type NonEmptyArray } from "type-graphql";
import { DateTime } from "../facts/scalars.ts";
import { checkScopes, enforcePolicy } from "./auth.ts";
import { CustomerFactsResolver } from "./customer-facts.resolver.ts";
import { FactsResolver } from "./facts.resolver.ts";

/** Every resolver of the API: a new one is added here and its root fields in `policy.ts`. */
const RESOLVERS: NonEmptyArray<new () => object> = [FactsResolver, CustomerFactsResolver];

/** The executable schema, with the policy table built into it. */
export function createSchema(): GraphQLSchema {
  const schema = buildSchemaSync({
    resolvers: RESOLVERS,
    authChecker: checkScopes,
    validate: false,
    scalarsMap: [{ type: Date, scalar: DateTime }],
    pubSub: NO_PUBSUB,
  });
  return enforcePolicy(schema);
}

/** The schema as it is published in `schema/schema.graphql`. */
export function printContract(schema: GraphQLSchema): string {
  return `# Printed by \`npm run contracts\`; never edited.\n\n${printSchema(lexicographicSortSchema(schema))}\n`;
}

/** Subscriptions bring their own `subscribe`; TypeGraphQL wants this to exist all the same. */
const NO_PUBSUB = {
  publish(): never {
    throw new Error("Nothing is published in the process.");
  },
  subscribe(): never {
    throw new Error("Subscriptions bring their own subscribe.");
  },
};
