import { existsSync, readFileSync } from "node:fs";
import { serverAudits } from "graphql-http";
import { expect, test } from "vitest";
import { ADMIN_KEY, useApp } from "../app/use-app.ts";

const house = useApp();
const NAMES = "../shared/data/graphql-http-audits.json";

const audits = serverAudits({
  url: () => `${house.url}/graphql`,
  fetchFn: (url: string, init: RequestInit = {}) => {
    const headers = new Headers(init.headers);
    headers.set("authorization", `Bearer ${ADMIN_KEY}`);
    return fetch(url, { ...init, headers });
  },
});

test("passes every audit of GraphQL over HTTP", async () => {
  const results = await Promise.all(audits.map((audit) => audit.fn()));

  expect(results.filter(({ status }) => status !== "ok")).toEqual([]);
});

test.skipIf(!existsSync(NAMES))("runs every audit that the field agreed on", () => {
  const agreed: { id: string }[] = JSON.parse(readFileSync(NAMES, "utf8"));

  const ours = new Set(audits.map(({ id }) => id));

  expect(agreed.filter(({ id }) => !ours.has(id))).toEqual([]);
});
