export type { FragmentOf, ResultOf, VariablesOf } from "gql.tada";
export { readFragment } from "gql.tada";
export { graphql } from "../../client/graphql.ts";
