import { expect } from "vitest";
import type { RootCase } from "./roots.ts";

const NOBODY = "00000000-0000-7000-8000-000000000000";

/** What is held about a customer, and how it goes. */
export const PRIVACY_ROOTS: Readonly<Record<string, RootCase>> = {
  "Query.audit": {
    works: '{ audit(filter: { actions: ["no such action"] }) { nodes { actor action at customerId } totalCount } }',
    answers: { nodes: [], totalCount: 0 },
    wrong: '{ audit(filter: { customerId: "nobody" }) { totalCount } }',
    code: "NOT_FOUND",
  },
  "Query.retention": {
    works:
      "{ retention { rules { kind source days due } holds { id reason } runs { startedAt gone wholeSince } archive { month closedAt archivedAt rows isStale restoredAt } } }",
    answers: { rules: [], holds: [], runs: [] },
    wrong: "{ retention(runs: 0) { rules { days } } }",
    code: "BAD_INPUT",
  },
  "Query.previewForget": {
    works:
      '{ previewForget(customerId: "{ann}") { customerId goes { customerRecords interactions identities } shared { value } auditRowsStay } }',
    answers: { goes: { customerRecords: 1, interactions: 1, identities: 2 }, shared: [] },
    wrong: "{ previewForget { customerId } }",
    code: "BAD_INPUT",
  },
  "Mutation.exportCustomer": {
    works: 'mutation { exportCustomer(customerId: "{ann}") { json page until userErrors { message } } }',
    answers: {
      json: expect.stringMatching(/^\/v1\/exports\?ticket=[\w-]+$/),
      page: expect.stringContaining("format=page"),
      userErrors: [],
    },
    wrong: `mutation { exportCustomer(customerId: "${NOBODY}") { json userErrors { code path message } } }`,
    code: "NOT_FOUND",
  },
  "Mutation.forgetCustomer": {
    works:
      'mutation { forgetCustomer(identity: { namespace: "mobilenr", value: "070-123 45 67" }, reason: "she asked") { receiptId gone { interactions } receipt userErrors { message } } }',
    answers: { gone: { interactions: 1 }, receipt: expect.stringContaining("signature"), userErrors: [] },
    wrong: `mutation { forgetCustomer(customerId: "${NOBODY}", reason: "she asked") { receiptId userErrors { code path message } } }`,
    code: "NOT_FOUND",
  },
};
