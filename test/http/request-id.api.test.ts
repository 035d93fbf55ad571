import { afterEach, beforeEach, expect, test } from "vitest";
import { Prisma } from "../../src/db/generated/client.ts";
import { ADMIN_KEY, useApp } from "../app/use-app.ts";
import { read } from "../kit/read.ts";

const lines: { event: string; requestId?: string }[] = [];
const note = (event: string, facts?: object) => void lines.push({ event, ...facts });
const house = useApp({ log: { debug: note, info: note, warn: note, error: note } });
const authorization = `Bearer ${ADMIN_KEY}`;
const get = (path: string, headers: Record<string, string> = {}) => fetch(`${house.url}${path}`, { headers });
const idOf = ({ headers }: Response) => headers.get("x-request-id") ?? "none";
const linesOf = (id: string) => lines.filter(({ requestId }) => requestId === id).map(({ event }) => event);

beforeEach(() => {
  lines.length = 0;
});

test("gives every answer an id of its own, and says it in the log", async () => {
  const answers = [
    await get("/livez"),
    await get("/nowhere"),
    await get("/graphql"),
    await get("/", { authorization }),
  ];

  const ids = answers.map(idOf);
  expect(new Set(ids).size).toBe(4);
  for (const id of ids) await expect.poll(() => linesOf(id)).toHaveLength(1);
});

test.each(["4bf92f3577b34da6a3ce929d0e0e4736", "lb-7.2025_11", "abcdefgh"])("keeps the id %s", async (given) => {
  const answer = await get("/livez", { "x-request-id": given });

  expect(idOf(answer)).toBe(given);
  await expect.poll(() => linesOf(given)).toEqual(["http.answered"]);
});

test.each([
  ["a quote", 'abcdefg"h'],
  ["a space", "abcdefg h"],
  ["too little", "abc"],
  ["too much", "a".repeat(129)],
  ["what may be a telephone number", "46701234567"],
])("does not repeat an id with %s", async (_what, given) => {
  const answer = await get("/livez", { "x-request-id": given });

  expect(idOf(answer)).toMatch(/^[\da-f]{8}-[\da-f-]{27}$/);
  await expect.poll(() => linesOf(idOf(answer))).toEqual(["http.answered"]);
});

test("lets pages of other origins send and read it", async () => {
  const preflight = {
    origin: "http://localhost:3000",
    "access-control-request-method": "POST",
    "access-control-request-headers": "x-request-id",
  };

  const { headers } = await fetch(`${house.url}/graphql`, { method: "OPTIONS", headers: preflight });

  expect(headers.get("access-control-allow-headers")).toContain("x-request-id");
});

test("says the request's id in the lines that a mutation logs", async () => {
  const mutation = 'mutation { createApiKey(input: { name: "menu", role: ivr }) { secret } }';

  const answer = await house.post("/graphql", { query: mutation });

  expect(linesOf(idOf(answer))).toContain("key.created");
});

/** Faults of ours, made by taking away what the server cannot do without. */
test.each([
  ["/graphql", { query: "{ apiKeys { id } }" }, {}, "api_keys"],
  ["/graphql/stream", { query: "{ apiKeys { id } }" }, { accept: "text/event-stream" }, "api_keys"],
  ["/v1/calls", [], { "idempotency-key": "1" }, "idempotency_keys"],
  [
    "/v1/reports/channel-performance",
    { period: { from: "2026-11-01T00:00:00Z", to: "2026-12-01T00:00:00Z" } },
    {},
    "change_snapshots",
  ],
])("tells at %s under which id the log tells what went wrong", async (path, body, headers, table) => {
  await hide(table);

  const answer = await house.post(path, body, headers as Record<string, string>);
  const text = await answer.text();

  const id = idOf(answer);
  expect(text).toContain(`"requestId":"${id}"`);
  expect(text).toContain(`Quote ${id}`);
  expect(linesOf(id)).toContain("request.failed");
});

let hidden: string | null = null;

async function hide(table: string): Promise<void> {
  await rename(table, "hidden");
  hidden = table;
}

afterEach(async () => {
  if (hidden) await rename("hidden", hidden);
  hidden = null;
});

function rename(from: string, to: string): Promise<unknown> {
  return read(house.db, Prisma.raw(`alter table ${from} rename to ${to}`));
}
