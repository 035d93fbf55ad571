import { expect, test } from "vitest";
import { ADMIN_KEY, useApp } from "../app/use-app.ts";

const house = useApp({ settings: { NODE_ENV: "production" } });

test("does not show its schema in production", async () => {
  const { errors } = await house.ask("{ __schema { types { name } } }");

  expect(errors?.[0]?.extensions.code).toBe("BAD_INPUT");
});

test.each([
  ["/metrics", 401, 200],
  ["/openapi.json", 401, 200],
  ["/graphiql", 404, 404],
])("shows %s to no stranger in production", async (path, strangers, keys) => {
  const stranger = await fetch(`${house.url}${path}`);
  const key = await fetch(`${house.url}${path}`, { headers: { "x-api-key": ADMIN_KEY } });

  expect([stranger.status, key.status]).toEqual([strangers, keys]);
});

test("does not guess what a caller meant in production", async () => {
  const { errors } = await house.ask('{ customer(id: "x") { displayNam } }');

  expect(errors?.[0]?.message).not.toContain("displayName");
});
