import type { RootCase } from "./roots.ts";

const DAY = 'period: { from: "2026-11-20T00:00:00Z", to: "2026-11-21T00:00:00Z" }';
const NEVER = 'period: { from: "2026-11-21T00:00:00Z", to: "2026-11-20T00:00:00Z" }';
const CALLS = "{ channels: [VOICE] }";
const SETS = `sets: [{ name: "web", matcher: { channels: [WEB] } }, { name: "call", matcher: ${CALLS} }]`;

/** The reports, over the story's only contact: Ann's one call about billing. */
export const REPORT_ROOTS: Readonly<Record<string, RootCase>> = {
  "Query.overlap": {
    works: `{ overlap(input: { ${DAY}, ${SETS} }) { sets { name count } union regions { sets count } unidentified } }`,
    answers: {
      sets: [
        { name: "web", count: 0 },
        { name: "call", count: 1 },
      ],
      union: 1,
      unidentified: 0,
    },
    wrong: `{ overlap(input: { ${NEVER}, ${SETS} }) { union } }`,
    code: "BAD_INPUT",
  },
  "Query.attribution": {
    works: `{ attribution(input: { ${DAY}, models: [{ kind: LINEAR }] }) { conversions total models { attributed unattributed { total byReason { reason value } } } } }`,
    answers: { conversions: 1, total: 1, models: [{ attributed: 0, unattributed: { total: 1 } }] },
    wrong: `{ attribution(input: { ${DAY}, models: [] }) { total } }`,
    code: "BAD_INPUT",
  },
  "Query.flow": {
    works: `{ flow(input: { ${DAY}, anchor: { matcher: ${CALLS} } }) { nodes { step kind item count } links { count } } }`,
    answers: { nodes: [{ step: -1 }, { step: 0, kind: "ITEM", item: "billing", count: 1 }, { step: 1 }] },
    wrong: `{ flow(input: { ${NEVER}, anchor: { matcher: ${CALLS} } }) { nodes { id } } }`,
    code: "BAD_INPUT",
  },
  "Query.fallout": {
    works: `{ fallout(input: { ${DAY}, steps: [{ name: "called", anyOf: [${CALLS}] }, { name: "again", anyOf: [${CALLS}] }] }) { steps { name count dropped } } }`,
    answers: {
      steps: [
        { name: "called", count: 1 },
        { name: "again", count: 0 },
      ],
    },
    wrong: `{ fallout(input: { ${DAY}, steps: [] }) { steps { name } } }`,
    code: "BAD_INPUT",
  },
  "Query.histogram": {
    works: `{ histogram(input: { ${DAY}, metric: ${CALLS} }) { buckets { label customers } total unidentified } }`,
    answers: { total: 1, unidentified: 0 },
    wrong: `{ histogram(input: { ${DAY}, metric: ${CALLS}, bounds: [3, 1] }) { total } }`,
    code: "BAD_INPUT",
  },
  "Query.callPropensity": {
    works: `{ callPropensity(input: { ${DAY} }) { rows { item } overallRate } }`,
    answers: { rows: [], overallRate: null },
    wrong: `{ callPropensity(input: { ${DAY}, withinMinutes: -1 }) { overallRate } }`,
    code: "BAD_INPUT",
  },
  "Query.channelPerformance": {
    works: `{ channelPerformance(input: { ${DAY}, by: CALL_REASON }) { rows { value interactions calls matchedCalls transactions revenue { amount } cost { amount } } } }`,
    answers: { rows: [{ value: "billing", interactions: 1, calls: 1, matchedCalls: 0 }] },
    wrong: `{ channelPerformance(input: { ${NEVER} }) { rows { value } } }`,
    code: "BAD_INPUT",
  },
  "Query.contactCentreKpis": {
    works: `{ contactCentreKpis(input: { ${DAY} }) { rows { group { value } bucketStart contacts contactRate serviceLevels { method } firstContactResolution { method definition } } } }`,
    answers: { rows: [{ group: [], bucketStart: null, contacts: 1, contactRate: 1 }] },
    wrong: `{ contactCentreKpis(input: { ${DAY}, timeZone: "Mars" }) { rows { contacts } } }`,
    code: "BAD_INPUT",
  },
  "Query.matchQuality": {
    works: `{ matchQuality(input: { ${DAY} }) { calls matched matchRate byMethod { method count } bySource { source calls } identifiedBefore sharedIdentities } }`,
    answers: { calls: 1, matched: 0, matchRate: 0 },
    wrong: `{ matchQuality(input: { ${DAY}, sources: [] }) { calls } }`,
    code: "BAD_INPUT",
  },
};
