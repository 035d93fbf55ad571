import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, inject, test } from "vitest";

test("temporary folders of tests lie where the run deletes them", () => {
  expect(tmpdir()).toBe(join(inject("directory"), "tmp"));
});
