import { expect, test } from "vitest";
import { AUDIT_WORDS } from "../../src/console/privacy/audit-words.ts";
import { AUDIT_COMMANDS, AUDIT_DEEDS, AUDIT_LOOKS } from "../../src/facts/audit-actions.ts";

test("the page of the audit has words for every action, in their order", () => {
  expect(Object.keys(AUDIT_WORDS)).toEqual([...AUDIT_LOOKS, ...AUDIT_DEEDS, ...AUDIT_COMMANDS]);
});
