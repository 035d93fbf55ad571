import { graphql, type ResultOf } from "../api/graphql.ts";

const kpiFields = graphql(`
  fragment KpiFields on KpiRow @_unmask {
    group { dimension value }
    bucketStart
    contacts
    queued
    handled
    abandoned
    shortAbandoned
    averageHandleSeconds
    averageTalkSeconds
    averageHoldSeconds
    averageWrapUpSeconds
    averageSpeedOfAnswerSeconds
    averageAbandonSeconds
    maxQueueSeconds
    abandonmentRate
    transferRate
    callbackRate
    repeatCallerRate
    containmentRate
    functionalContainmentRate
    netDeflectionRate
    averageCsat
    csatTopTwoBox
    channelSwitchRate
    costPerContact { amount currency }
    serviceLevels { method value numerator denominator definition }
    firstContactResolution { method value numerator denominator definition }
  }
`);

/** The whole, its course, and the groups side by side, in one question. */
export const kpiQuery = graphql(
  `
  query Kpis($whole: KpiInput!, $trend: KpiInput!, $groups: KpiInput!) {
    whole: contactCentreKpis(input: $whole) { rows { ...KpiFields } }
    trend: contactCentreKpis(input: $trend) { rows { ...KpiFields } }
    groups: contactCentreKpis(input: $groups) { rows { ...KpiFields } }
  }
`,
  [kpiFields],
);

/** The whole, told anew. */
export const tickSubscription = graphql(
  `
  subscription Ticks($input: KpiInput!) {
    kpiTick(input: $input, everySeconds: 5) { rows { ...KpiFields } }
  }
`,
  [kpiFields],
);

/** The key figures of a period, a bucket of it, or a group. */
export type Kpi = ResultOf<typeof kpiFields>;
