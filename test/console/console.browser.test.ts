import { describe, expect, inject, test } from "vitest";
import { accessTests } from "./access.ts";
import { auditTests } from "./audit.ts";
import { useConsole } from "./browse.ts";
import { customerTests } from "./customers.ts";
import { deskTests } from "./desk.ts";
import { graphiqlTests } from "./graphiql.ts";
import { operationsTests } from "./operations.ts";
import { reportTests } from "./reports.ts";

/** Without a browser there is nothing to see; the run says why. One set of demo data and one browser serve them all. */
describe.skipIf(!inject("chromium"))("the console", () => {
  const house = useConsole();

  describe("reports", () => reportTests(house));
  describe("graphiql", () => graphiqlTests(house));
  describe("desk", () => deskTests(house));
  describe("customers", () => customerTests(house));
  describe("operations", () => operationsTests(house));
  describe("audit", () => auditTests(house));
  describe("access", () => accessTests(house));

  test("breaks no policy and throws nothing on the way", () => {
    expect(house.complaints).toEqual([]);
  });
});
