import { graphql, type ResultOf } from "../api/graphql.ts";

/** Who is calling, and the advice. */
export const lookupFields = graphql(`
  fragment LookupFields on CallerLookup @_unmask {
    latencyMs
    candidatesTotal
    candidates {
      confidence
      why
      customer {
        id
        displayName
        isAnonymous
        identities { namespace value }
        record { region customerSegmentId vvip }
      }
    }
    advice {
      skill
      agentId
      priority
      likelyReason
      deflection { kind label url }
      reasons { rule message }
    }
  }
`);

export const popSubscription = graphql(
  `
  subscription ScreenPops($agentId: String!, $after: String) {
    screenPop(agentId: $agentId, after: $after) {
      id
      cursor
      callId
      agentId
      state
      source
      sourceId
      ringingAt
      announcedAt
      acknowledgedAt
      callReason
      lookup { ...LookupFields }
    }
  }
`,
  [lookupFields],
);

export const acknowledgePop = graphql(`
  mutation AcknowledgePop($popId: ID!) {
    acknowledgePop(popId: $popId) {
      callId
      userErrors { message }
    }
  }
`);

export type Pop = ResultOf<typeof popSubscription>["screenPop"];
export type LookupFields = ResultOf<typeof lookupFields>;
