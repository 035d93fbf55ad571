import { initGraphQLTada } from "gql.tada";
import type { introspection } from "../generated/introspection.ts";

/** A query, typed by the printed schema. */
export const graphql = initGraphQLTada<{
  introspection: introspection;
  scalars: {
    DateTime: string;
    Decimal: string;
    JSONObject: Record<string, unknown>;
    LocalDate: string;
    PhoneNumber: string;
  };
}>();

export type { FragmentOf, ResultOf, VariablesOf } from "gql.tada";
export { readFragment } from "gql.tada";
