import type { GraphQLScalarType } from "graphql";

/** Whether a scalar reads the value; for meanings that the API writes as String. */
export function takes(scalar: GraphQLScalarType, given: unknown): boolean {
  try {
    scalar.parseValue(given);
    return true;
  } catch {
    return false;
  }
}
