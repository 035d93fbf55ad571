import { graphql, type ResultOf } from "../api/graphql.ts";

const kpiFields = graphql(`
  fragment KpiFields on KpiRow @_unmask {
    contacts
    queued
    handled
    abandoned
    shortAbandoned
    averageHandleSeconds
    averageWrapUpSeconds
    averageSpeedOfAnswerSeconds
    maxQueueSeconds
    abandonmentRate
    transferRate
    callbackRate
    repeatCallerRate
    averageCsat
    csatTopTwoBox
    costPerContact { amount currency }
    serviceLevels { method value numerator denominator definition }
    firstContactResolution { method value numerator denominator definition }
  }
`);

const bucketFields = graphql(`
  fragment BucketFields on KpiRow @_unmask {
    bucketStart
    contacts
    handled
    abandoned
    serviceLevels { method value }
  }
`);

export const groupFields = graphql(`
  fragment GroupFields on KpiRow @_unmask {
    group { value allocation }
    contacts
    handled
    abandonmentRate
    averageSpeedOfAnswerSeconds
    averageHandleSeconds
    transferRate
    csatTopTwoBox
    costPerContact { amount currency }
    serviceLevels { method value }
    firstContactResolution { method value }
  }
`);

/** The figures of the period with their definitions, over time and by group, in one query. */
export const kpiQuery = graphql(
  `
  query Kpis($whole: KpiInput!, $trend: KpiInput!, $groups: KpiInput!) {
    whole: contactCentreKpis(input: $whole) { rows { ...KpiFields } }
    trend: contactCentreKpis(input: $trend) { rows { ...BucketFields } }
    groups: contactCentreKpis(input: $groups) { rows { ...GroupFields } }
  }
`,
  [kpiFields, bucketFields, groupFields],
);

/** The figures of the period, sent again every few seconds. */
export const tickSubscription = graphql(
  `
  subscription Ticks($input: KpiInput!) {
    kpiTick(input: $input, everySeconds: 5) { rows { ...KpiFields } }
  }
`,
  [kpiFields],
);

/** The key figures of a period, of one bucket of it, and of one group. */
export type KpiFields = ResultOf<typeof kpiFields>;
export type KpiBucketFields = ResultOf<typeof bucketFields>;
export type KpiGroupFields = ResultOf<typeof groupFields>;
