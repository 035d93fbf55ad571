import { expect } from "vitest";
import { CALLS, DAY } from "../reports/kit/root.ts";
import { REPORT_ROOTS } from "./report-roots.ts";
import { LIVE_ROOTS } from "./roots-live.ts";
import { OPERATIONS_ROOTS } from "./roots-operations.ts";
import { PRIVACY_ROOTS } from "./roots-privacy.ts";

/** What a test asks of one root field: that it works, that it says what to change, and that it refuses a stranger. */
export interface RootCase {
  /** The operation, with `$`-less placeholders filled from the story: {ann}, {bob}, {call}, {verdict}, {key}. */
  works: string;
  /** A part of the answer to `works`, by which its result is recognised. */
  answers: object | null;
  /** The same field asked wrongly, and the code that it answers with. */
  wrong: string;
  code: "BAD_INPUT" | "NOT_FOUND" | "REJECTED" | "NULL";
}

const phone = (value: string) => `{ namespace: "phone", value: "${value}" }`;
const CALLED = `${DAY}, sets: [{ name: "call", matcher: ${CALLS} }, { name: "web", matcher: { channels: [WEB] } }]`;
const NOBODY = "00000000-0000-7000-8000-000000000000";

/** Every field of Query and Mutation. A test fails when one is missing. */
export const ROOTS: Readonly<Record<string, RootCase>> = {
  ...REPORT_ROOTS,
  ...LIVE_ROOTS,
  ...OPERATIONS_ROOTS,
  ...PRIVACY_ROOTS,
  "Query.node": {
    works: '{ node(id: "{ann}") { id ... on Customer { displayName } } }',
    answers: { displayName: "Ann" },
    wrong: `{ node(id: "${NOBODY}") { id } }`,
    code: "NULL",
  },
  "Query.nodes": {
    works: '{ nodes(ids: ["{call}", "{bob}"]) { __typename } }',
    answers: [{ __typename: "Interaction" }, { __typename: "Customer" }],
    wrong: `{ nodes(ids: [${'"x",'.repeat(101)}]) { id } }`,
    code: "BAD_INPUT",
  },
  "Query.customer": {
    works: `{ customer(identity: { namespace: "mobilenr", value: "070-123 45 67" }) { displayName summary { interactionCount } timeline { nodes { callReason } } } }`,
    answers: { displayName: "Ann", summary: { interactionCount: 1 }, timeline: { nodes: [{ callReason: "billing" }] } },
    wrong: "{ customer { id } }",
    code: "BAD_INPUT",
  },
  "Query.customers": {
    works: '{ customers(filter: { search: "Ann" }) { nodes { displayName } totalCount } }',
    answers: { nodes: [{ displayName: "Ann" }], totalCount: 1 },
    wrong: "{ customers(first: 101) { nodes { id } } }",
    code: "BAD_INPUT",
  },
  "Query.people": {
    works: `{ people(input: { overlap: { report: { ${CALLED} }, cell: { figure: UNION } } }) { customers nodes { customer { displayName } } } }`,
    answers: { customers: 1, nodes: [{ customer: { displayName: "Ann" } }] },
    wrong: `{ people(input: { overlap: { report: { ${CALLED} }, cell: { sets: ["fax"] } } }) { customers } }`,
    code: "BAD_INPUT",
  },
  "Query.interaction": {
    works: '{ interaction(source: "cti", sourceId: "1") { channelType interactionSeconds } }',
    answers: { channelType: "VOICE", interactionSeconds: 60 },
    wrong: '{ interaction(source: "cti", sourceId: "unheard of") { id } }',
    code: "NULL",
  },
  "Query.interactions": {
    works: "{ interactions(filter: { channels: [VOICE] }) { nodes { sourceId } } }",
    answers: { nodes: [{ sourceId: "1" }] },
    wrong: "{ interactions(last: 0) { nodes { id } } }",
    code: "BAD_INPUT",
  },
  "Query.rejections": {
    works: '{ rejections(source: "cti") { nodes { reason stage message body } } }',
    answers: { nodes: [{ stage: "validate" }] },
    wrong: '{ rejections(after: "nonsense") { nodes { id } } }',
    code: "BAD_INPUT",
  },
  "Query.mergePreview": {
    works:
      '{ mergePreview(customerIds: ["{ann}", "{bob}"]) { customersAfter interactionsMoved recordAfter { region } } }',
    answers: { customersAfter: 1, recordAfter: { region: "north" } },
    wrong: '{ mergePreview(customerIds: ["{ann}"]) { customersAfter } }',
    code: "BAD_INPUT",
  },
  "Query.splitPreview": {
    works: `{ splitPreview(customerId: "{ann}", apart: [${phone("+46701234567")}]) { customersAfter interactionsMoved } }`,
    answers: { customersAfter: 2 },
    wrong: '{ splitPreview(customerId: "{ann}", apart: []) { customersAfter } }',
    code: "BAD_INPUT",
  },
  "Query.identityConflicts": {
    works: "{ identityConflicts { nodes { kind } } }",
    answers: { nodes: [] },
    wrong: "{ identityConflicts(first: 1, last: 1) { nodes { kind } } }",
    code: "BAD_INPUT",
  },
  "Mutation.logCall": {
    works: `mutation { logCall(input: { source: "cti", sourceId: "9", startedAt: "2026-11-20T10:00:00Z", identities: [${phone("+46701234567")}], cost: { amount: 1.50, currency: "EUR" } }) { status interaction { cost { amount } } customer { displayName } userErrors { message } } }`,
    answers: {
      status: "ACCEPTED",
      interaction: { cost: { amount: "1.50" } },
      customer: { displayName: "Ann" },
      userErrors: [],
    },
    wrong:
      'mutation { logCall(input: { source: "cti", sourceId: "10", startedAt: "2026-11-20T10:00:00Z", endedAt: "2026-11-20T09:00:00Z" }) { status interaction { id } userErrors { code path message } } }',
    code: "REJECTED",
  },
  "Mutation.logInteraction": {
    works:
      'mutation { logInteraction(input: { source: "chat", sourceId: "9", channelType: CHAT, sessionStartTime: "2026-11-20T10:00:00Z" }) { status interaction { channelType } } }',
    answers: { status: "ACCEPTED", interaction: { channelType: "CHAT" } },
    wrong:
      'mutation { logInteraction(input: { source: "chat", sourceId: "10", channelType: CHAT, sessionStartTime: "2026-11-20T10:00:00Z", holdSeconds: -1 }) { userErrors { code path message } } }',
    code: "REJECTED",
  },
  "Mutation.logInteractions": {
    works:
      'mutation { logInteractions(inputs: [{ source: "chat", sourceId: "9", channelType: CHAT, sessionStartTime: "2026-11-20T10:00:00Z" }]) { receipts { status interaction { sourceId } } userErrors { code } } }',
    answers: { receipts: [{ status: "ACCEPTED", interaction: { sourceId: "9" } }], userErrors: [] },
    wrong:
      'mutation { logInteractions(inputs: [{ source: "chat", sourceId: "10", channelType: CHAT, sessionStartTime: "2026-11-20T10:00:00Z", identities: [{ namespace: "shoe size", value: "44" }] }]) { userErrors { code path message } } }',
    code: "REJECTED",
  },
  "Mutation.recordTouchpoints": {
    works:
      'mutation { recordTouchpoints(inputs: [{ source: "web", sourceId: "9", identities: [{ namespace: "ecid", value: "v1" }], occurredAt: "2026-11-20T10:00:00Z", kind: PAGE_VIEW, channel: WEB, name: "/home" }]) { receipts { status touchpoint { name } } } }',
    answers: { receipts: [{ status: "ACCEPTED", touchpoint: { name: "/home" } }] },
    wrong:
      'mutation { recordTouchpoints(inputs: [{ source: "", sourceId: "10", identities: [], occurredAt: "2026-11-20T10:00:00Z", kind: PAGE_VIEW, channel: WEB }]) { userErrors { code path message } } }',
    code: "REJECTED",
  },
  "Mutation.upsertCustomer": {
    works:
      'mutation { upsertCustomer(input: { source: "crm", sourceId: "9", observedAt: "2026-11-20T10:00:00Z", identities: [{ namespace: "custid", value: "9" }], displayName: "Cat" }) { status customer { displayName } } }',
    answers: { status: "ACCEPTED", customer: { displayName: "Cat" } },
    wrong:
      'mutation { upsertCustomer(input: { source: "crm", sourceId: "10", observedAt: "2026-11-20T10:00:00Z", identities: [], age: 40 }) { customer { id } userErrors { code path message } } }',
    code: "REJECTED",
  },
  "Mutation.linkIdentities": {
    works:
      'mutation { linkIdentities(a: { namespace: "custid", value: "1" }, b: { namespace: "email", value: "ann@example.com" }, reason: "asked her") { verdict { kind reason by } customers { displayName } userErrors { message } } }',
    answers: {
      verdict: { kind: "MUST", reason: "asked her", by: "admin" },
      customers: [{ displayName: "Ann" }],
      userErrors: [],
    },
    wrong:
      'mutation { linkIdentities(a: { namespace: "custid", value: "1" }, b: { namespace: "phone", value: "anonymous" }, reason: "guess") { verdict { id } userErrors { code path message } } }',
    code: "BAD_INPUT",
  },
  "Mutation.mergeCustomers": {
    works:
      'mutation { mergeCustomers(customerIds: ["{ann}", "{bob}"], reason: "one person") { verdict { kind } customers { id } userErrors { message } } }',
    answers: { verdict: { kind: "MUST" }, userErrors: [] },
    wrong: `mutation { mergeCustomers(customerIds: ["{ann}", "${NOBODY}"], reason: "one person") { userErrors { code path message } } }`,
    code: "NOT_FOUND",
  },
  "Mutation.splitCustomer": {
    works: `mutation { splitCustomer(customerId: "{ann}", apart: [${phone("+46701234567")}], reason: "her mother's") { verdict { kind } userErrors { message } } }`,
    answers: { verdict: { kind: "NEVER" }, userErrors: [] },
    wrong: `mutation { splitCustomer(customerId: "{ann}", apart: [${phone("+46709999999")}], reason: "not hers") { userErrors { code path message } } }`,
    code: "BAD_INPUT",
  },
  "Mutation.withdrawVerdict": {
    works:
      'mutation { withdrawVerdict(id: "{verdict}", reason: "a mistake") { verdict { id withdrawnAt } userErrors { message } } }',
    answers: { verdict: { withdrawnAt: expect.any(String) }, userErrors: [] },
    wrong: 'mutation { withdrawVerdict(id: "nothing", reason: "a mistake") { userErrors { code path message } } }',
    code: "NOT_FOUND",
  },
  "Mutation.replayRejections": {
    works: 'mutation { replayRejections(source: "cti") { replayed accepted stillRejected userErrors { message } } }',
    answers: { replayed: 1, accepted: 0, stillRejected: 1, userErrors: [] },
    wrong: "mutation { replayRejections(limit: 0) { userErrors { code path message } } }",
    code: "BAD_INPUT",
  },
};
