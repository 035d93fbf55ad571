import { expect } from "vitest";
import type { RootCase } from "./roots.ts";

const NOBODY = "00000000-0000-7000-8000-000000000000";
const NOW = "2026-11-20T10:00:00Z";

/** The root fields of the live desk, asked of a story in which the call {ring} rings as the pop {pop}. */
export const LIVE_ROOTS: Readonly<Record<string, RootCase>> = {
  "Query.lookupCaller": {
    works:
      '{ lookupCaller(input: { identities: [{ namespace: "mobilenr", value: "070-123 45 67" }] }) { candidates { customer { displayName } confidence } advice { priority reasons { rule } } } }',
    answers: { candidates: [{ customer: { displayName: "Ann" } }], advice: { priority: expect.any(Number) } },
    wrong: '{ lookupCaller(input: { identities: [{ namespace: "shoe", value: "44" }] }) { latencyMs } }',
    code: "BAD_INPUT",
  },
  "Mutation.upsertTrackingNumbers": {
    works:
      'mutation { upsertTrackingNumbers(inputs: [{ number: "+46812345678", source: "ads", campaign: "fibre", pool: "web" }]) { count userErrors { message } } }',
    answers: { count: 1, userErrors: [] },
    wrong:
      'mutation { upsertTrackingNumbers(inputs: [{ number: "12", source: "ads" }]) { count userErrors { code path message } } }',
    code: "BAD_INPUT",
  },
  "Mutation.leaseTrackingNumber": {
    works:
      'mutation { leaseTrackingNumber(input: { pool: "web", visitor: { namespace: "ecid", value: "v1" } }) { number validTo userErrors { code } } }',
    answers: { number: null, userErrors: [{ code: "UNAVAILABLE" }] },
    wrong:
      'mutation { leaseTrackingNumber(input: { pool: "web", visitor: { namespace: "phone", value: "+46701234567" } }) { userErrors { code path message } } }',
    code: "BAD_INPUT",
  },
  "Mutation.announceCall": {
    works: `mutation { announceCall(input: { source: "cti", sourceId: "9", agentId: "a1", ringingAt: "${NOW}" }) { callId pop { state } userErrors { message } } }`,
    answers: { pop: { state: "RINGING" }, userErrors: [] },
    wrong: `mutation { announceCall(input: { source: "cti", sourceId: "9", agentId: " ", ringingAt: "${NOW}" }) { userErrors { code path message } } }`,
    code: "BAD_INPUT",
  },
  "Mutation.transferCall": {
    works: 'mutation { transferCall(callId: "{ring}", agentId: "a2") { pop { agentId } userErrors { message } } }',
    answers: { pop: { agentId: "a2" }, userErrors: [] },
    wrong: `mutation { transferCall(callId: "${NOBODY}", agentId: "a2") { userErrors { code path message } } }`,
    code: "NOT_FOUND",
  },
  "Mutation.endCall": {
    works: 'mutation { endCall(callId: "{ring}") { pop { state } userErrors { message } } }',
    answers: { pop: { state: "ENDED" }, userErrors: [] },
    wrong: `mutation { endCall(callId: "${NOBODY}") { userErrors { code path message } } }`,
    code: "NOT_FOUND",
  },
  "Mutation.acknowledgePop": {
    works: 'mutation { acknowledgePop(popId: "{pop}") { pop { acknowledgedAt } userErrors { message } } }',
    answers: { pop: { acknowledgedAt: expect.any(String) }, userErrors: [] },
    wrong: `mutation { acknowledgePop(popId: "${NOBODY}") { userErrors { code path message } } }`,
    code: "NOT_FOUND",
  },
};
