import { expect, test } from "vitest";
import { newId } from "../../src/kit/id.ts";

test("a new id says when it was made, and is no other's", () => {
  const at = Date.UTC(2026, 10, 20, 9, 30);
  const ids = Array.from({ length: 1_000 }, () => newId(at));

  expect(new Set(ids).size).toBe(1_000);
  for (const id of ids) {
    expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(Number.parseInt(id.replaceAll("-", "").slice(0, 12), 16)).toBe(at);
  }
});
