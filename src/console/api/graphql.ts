export type { ResultOf } from "gql.tada";
export { graphql } from "../../client/graphql.ts";
