import { expect } from "vitest";
import type { RootCase } from "./roots.ts";

const NOBODY = "00000000-0000-7000-8000-000000000000";
const TODAY = `period: { from: "${new Date(Date.now() - 3_600_000).toISOString()}", to: "${new Date(Date.now() + 3_600_000).toISOString()}" }`;

/** Who asks, what came in and which keys there are. In the story {key} is a key that nobody has used. */
export const OPERATIONS_ROOTS: Readonly<Record<string, RootCase>> = {
  "Query.viewer": {
    works: "{ viewer { name role scopes agentId } }",
    answers: { name: "admin", role: "admin", scopes: expect.arrayContaining(["keys:admin"]), agentId: null },
    wrong: "{ viewer { shoeSize } }",
    code: "BAD_INPUT",
  },
  "Query.intake": {
    works: `{ intake(${TODAY}) { sources { source entryPoints total lastReceivedAt receipts { status count } days { day } } waiting { source reason count } } }`,
    answers: {
      sources: [
        { source: "crm", entryPoints: ["rest"], total: 2, receipts: [{ status: "ACCEPTED", count: 2 }] },
        {
          source: "cti",
          total: 2,
          receipts: [
            { status: "ACCEPTED", count: 1 },
            { status: "REJECTED", count: 1 },
          ],
        },
      ],
      waiting: [{ source: "cti", count: 1 }],
    },
    wrong: `{ intake(${TODAY}, timeZone: "Mars") { sources { source } } }`,
    code: "BAD_INPUT",
  },
  "Query.reportsLoading": {
    works: "{ reportsLoading { rows expectedRows seconds } }",
    answers: null,
    wrong: "{ reportsLoading { minutes } }",
    code: "BAD_INPUT",
  },
  "Query.apiKeys": {
    works: "{ apiKeys { id name role agentId createdAt expiresAt revokedAt lastUsedAt } }",
    answers: [{ name: "spare", role: "ivr", revokedAt: null, lastUsedAt: null }],
    wrong: "{ apiKeys { secret } }",
    code: "BAD_INPUT",
  },
  "Mutation.createApiKey": {
    works:
      'mutation { createApiKey(input: { name: "IVR", role: ivr }) { secret apiKey { name role } userErrors { message } } }',
    answers: { secret: expect.stringMatching(/^c360_/), apiKey: { name: "IVR", role: "ivr" }, userErrors: [] },
    wrong: 'mutation { createApiKey(input: { name: " ", role: ivr }) { secret userErrors { code path message } } }',
    code: "BAD_INPUT",
  },
  "Mutation.revokeApiKey": {
    works: 'mutation { revokeApiKey(id: "{key}") { apiKey { name revokedAt } userErrors { message } } }',
    answers: { apiKey: { name: "spare", revokedAt: expect.any(String) }, userErrors: [] },
    wrong: `mutation { revokeApiKey(id: "${NOBODY}") { userErrors { code path message } } }`,
    code: "NOT_FOUND",
  },
};
