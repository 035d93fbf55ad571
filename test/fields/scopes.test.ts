import { expect, test } from "vitest";
import { TYPE_POLICIES } from "../../src/graphql/engine/policy.ts";

// Said twice on purpose: a scope that is lost from a field's line opens what somebody wrote about a person.

test.each([
  ["Customer", { displayName: "customers:name", timeline: "interactions:read" }],
  [
    "CustomerRecord",
    {
      custId: "identities:read",
      globalCustomerId: "identities:read",
      occupation: "customers:personal",
      age: "customers:personal",
      maritalStatus: "customers:sensitive",
      ethnicity: "customers:sensitive",
      grossAnnualIncome: "customers:sensitive",
      extra: "customers:personal",
    },
  ],
  [
    "Interaction",
    { custId: "identities:read", interactionNotes: "interactions:notes", metadata: "interactions:notes" },
  ],
  ["Touchpoint", { metadata: "interactions:notes", interaction: "interactions:read" }],
])("of %s, these fields need a scope", (type, scoped) => {
  expect(TYPE_POLICIES[type]?.scoped).toEqual(scoped);
});
