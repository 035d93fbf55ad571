import { graphql, type ResultOf } from "../api/graphql.ts";

const identityFields = graphql(`
  fragment IdentityFields on Identity @_unmask {
    namespace
    value
    kind
    firstSeenAt
    lastSeenAt
    isShared
    isPublic
  }
`);

/** What the desk and the customer's page both show of a customer. */
export const profileFields = graphql(
  `
  fragment ProfileFields on Customer @_unmask {
    id
    isAnonymous
    displayName
    createdAt
    identities {
      ...IdentityFields
    }
    record {
      custId
      globalCustomerId
      occupation
      age
      maritalStatus
      ethnicity
      grossAnnualIncome { amount currency }
      employmentType
      countryName
      region
      branchNumber
      customerCountryRelationship
      tenureMonths
      overallRevenue { amount currency }
      products
      highRiskCustomer
      customerRestriction
      financialRiskCustomer
      customerSegmentId
      vvip
      premierCustomer
      commercialOrPersonal
      isDigitalEligible
      branchVisits
      commonChannels
      device
      numberOfTotalProducts
      extra
      provenance { field source observedAt isDerived }
    }
    summary {
      firstSeenAt
      lastSeenAt
      interactionCount
      touchpointCount
      byChannel { channel interactions }
      callsLast30Days
      lastCallReason
      isRepeatCaller
      unresolvedCount
      averageCsat
      costToServe { amount currency }
    }
    signals { code score reason source observedAt }
  }
`,
  [identityFields],
);

export type Profile = ResultOf<typeof profileFields>;
export type IdentityFields = ResultOf<typeof identityFields>;
