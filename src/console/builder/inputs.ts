import type { graphql } from "../api/graphql.ts";

// The inputs of the API that questions become.

export type EventMatcher = ReturnType<typeof graphql.scalar<"MatcherInput">>;
export type SequenceAsked = ReturnType<typeof graphql.scalar<"SequenceInput">>;
export type AttributeAsked = ReturnType<typeof graphql.scalar<"AttributeFilterInput">>;
export type AttributeGroupAsked = ReturnType<typeof graphql.scalar<"AttributeGroupInput">>;
export type FacetAsked = ReturnType<typeof graphql.scalar<"FacetInput">>;
export type CarriedAsked = ReturnType<typeof graphql.scalar<"CarriedInput">>;
export type DimensionAsked = ReturnType<typeof graphql.scalar<"Dimension">>;
export type FalloutStepAsked = ReturnType<typeof graphql.scalar<"FalloutStepInput">>;
export type PeopleAsked = ReturnType<typeof graphql.scalar<"PeopleInput">>;
