import { expect, test } from "vitest";
import { useApp } from "../app/use-app.ts";

const house = useApp({ settings: { NODE_ENV: "production" } });

test("does not show its schema in production", async () => {
  const { errors } = await house.ask("{ __schema { types { name } } }");

  expect(errors?.[0]?.extensions.code).toBe("BAD_INPUT");
});

test("does not guess what a caller meant in production", async () => {
  const { errors } = await house.ask('{ customer(id: "x") { displayNam } }');

  expect(errors?.[0]?.message).not.toContain("displayName");
});
