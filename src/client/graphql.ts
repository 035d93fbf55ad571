import { initGraphQLTada } from "gql.tada";
import type { introspection } from "./generated/introspection.ts";

/** An operation, typed by the printed schema: a field that does not exist is a fault of the compiler's. */
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
