import { expect, test } from "vitest";
import { ADMIN_KEY, useApp } from "../app/use-app.ts";

const house = useApp({ settings: { C360_MAX_LINES: "5", C360_MAX_LINE_BYTES: "1024" } });

const page = (sourceId: string, more: object = {}) => ({
  source: "web",
  sourceId,
  identities: [{ namespace: "ecid", value: "visitor-1" }],
  occurredAt: "2026-11-20T09:00:00Z",
  kind: "PAGE_VIEW",
  channel: "WEB",
  name: "/home",
  ...more,
});
const statusesOf = ({ receipts }: { receipts: { status: string }[] }) => receipts.map(({ status }) => status);
const post = async (body: unknown, headers: Record<string, string> = {}) => {
  const reply = await house.post("/v1/touchpoints", body, headers);
  // biome-ignore lint/suspicious/noExplicitAny: tests look into answers of any shape
  return { status: reply.status, headers: reply.headers, body: (await reply.json()) as any };
};
const NDJSON = { "content-type": "application/x-ndjson" };
const postLines = async (text: string, headers: Record<string, string> = {}) => {
  const reply = await house.post("/v1/touchpoints", text, { ...NDJSON, ...headers });
  const answer = await reply.text();
  return {
    status: reply.status,
    headers: reply.headers,
    lines: answer
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line)),
  };
};

test.each([
  ["interactions", { source: "chat", sourceId: "1", channelType: "CHAT", sessionStartTime: "2026-11-20T09:00:00Z" }],
  ["calls", { source: "cti", sourceId: "1", startedAt: "2026-11-20T09:00:00Z", durationSeconds: 60 }],
  ["touchpoints", page("1")],
  [
    "customers",
    {
      source: "crm",
      sourceId: "1",
      observedAt: "2026-11-20T09:00:00Z",
      identities: [{ namespace: "custid", value: "1" }],
    },
  ],
])("takes in %s, and the same again without doing it twice", async (plural, body) => {
  const first = await (await house.post(`/v1/${plural}`, body)).json();
  const again = await (await house.post(`/v1/${plural}`, body)).json();

  expect([...statusesOf(first as never), ...statusesOf(again as never)]).toEqual(["ACCEPTED", "REPEATED"]);
});

test.each([
  ["a field beside the records", '{"records":[],"source":"abs"}', /"source" is there: put it into each record/],
  [
    "one name twice in a record",
    '{"source":"a","sourceId":"1","source":"b"}',
    /under the name "source": send each name once/,
  ],
])("names %s, and takes nothing in", async (_name, text, message) => {
  const { status, body } = await post(text);

  expect({ status, message: body.error.message }).toEqual({ status: 400, message: expect.stringMatching(message) });
});

test("refuses a line that gives one name twice, and no other", async () => {
  const twice = JSON.stringify(page("2")).replace("{", '{"sourceId":"9",');

  const reply = await postLines([JSON.stringify(page("1")), twice].join("\n"));

  expect(JSON.stringify(reply)).toMatch(/ACCEPTED.*REJECTED.*under the name .*sourceId/);
});

test("answers one receipt a record, in order, and lets a bad one spoil no neighbour", async () => {
  const { status, body } = await post({ records: [page("1"), { source: "web" }, page("2")] });

  expect(status).toBe(200);
  expect(statusesOf(body)).toEqual(["ACCEPTED", "REJECTED", "ACCEPTED"]);
  expect(body.counts).toEqual({ ACCEPTED: 2, REJECTED: 1 });
  expect(body.receipts[0]).not.toHaveProperty("subjectId");
});

test.each([
  ["text that is not JSON", "{", 400, "BAD_INPUT"],
  ["a bare word", '"hello"', 400, "BAD_INPUT"],
  ["501 records", JSON.stringify(Array.from({ length: 501 }, (_, i) => page(String(i)))), 413, "LIMIT_EXCEEDED"],
  ["two megabytes", JSON.stringify(page("1", { name: "x".repeat(2_097_152) })), 413, "LIMIT_EXCEEDED"],
])("refuses %s", async (_name, text, status, code) => {
  const reply = await post(text);

  expect(reply).toMatchObject({ status, body: { error: { code } } });
});

test("refuses bytes that are not UTF-8 rather than storing holes", async () => {
  const text = JSON.stringify(page("1", { name: "café" }));

  const latin = await fetch(`${house.url}/v1/touchpoints`, {
    method: "POST",
    headers: { authorization: `Bearer ${ADMIN_KEY}`, "content-type": "application/json" },
    body: new Uint8Array(Buffer.from(text, "latin1")),
  });

  expect(latin.status).toBe(400);
  expect(await latin.json()).toMatchObject({ error: { code: "BAD_INPUT", message: expect.stringContaining("UTF-8") } });
});

test("takes in the neighbours of records that no database can hold", async () => {
  const bad = [
    page("bad-1", { source: "we\u0000b" }),
    page("bad-2", { name: "half \ud800" }),
    page("bad-3", { identities: [{ namespace: "custid@\u0000", value: "1" }] }),
    page("bad-4", { identities: "DEEP" }),
    { ...page("bad-5"), pipe: "no stream" },
  ];

  const text = JSON.stringify([page("good-1"), ...bad, page("good-2")]);
  const { status, body } = await post(text.replace('"DEEP"', "[".repeat(20_000) + "]".repeat(20_000)));

  expect(status).toBe(200);
  expect(statusesOf(body)).toEqual(["ACCEPTED", ...bad.map(() => "REJECTED"), "ACCEPTED"]);
});

test("takes an object for a record even if it has a field that streams have", async () => {
  const { status, body } = await post({ ...page("1"), pipe: "no stream" });

  expect(status).toBe(422);
  expect(body.receipts[0]).toMatchObject({ status: "REJECTED", reason: "UNKNOWN_FIELD" });
});

test("answers a bottomless body under an idempotency key as it does without one", async () => {
  const bottomless = "[".repeat(20_000) + "]".repeat(20_000);

  const { body } = await post(bottomless);
  const { status, body: keyed } = await post(bottomless, { "idempotency-key": "deep" });

  expect(status).toBe(200);
  expect(body.receipts).toMatchObject([{ status: "REJECTED", reason: "TOO_DEEP" }]);
  expect(keyed).toEqual(body);
});

test("refuses a content type that it cannot read", async () => {
  const reply = await post("a,b", { "content-type": "text/csv" });

  expect(reply).toMatchObject({ status: 415, body: { error: { code: "BAD_INPUT" } } });
});

test("gives the same key and body the answer that it gave, and another body a conflict", async () => {
  const key = { "idempotency-key": "abc-1" };

  const first = await post([page("1"), page("2")], key);
  const again = await post([page("1"), page("2")], key);
  const other = await post([page("3")], key);

  expect(statusesOf(again.body)).toEqual(["ACCEPTED", "ACCEPTED"]);
  expect(again.body).toEqual(first.body);
  expect(again.headers.get("idempotency-replayed")).toBe("true");
  expect(other).toMatchObject({ status: 409, body: { error: { code: "CONFLICT" } } });
});

test("answers both of two requests that race with one key", async () => {
  const key = { "idempotency-key": "race" };

  const replies = await Promise.all([1, 2, 3, 4].map(() => post([page("1")], key)));

  expect(replies.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
  expect(new Set(replies.map(({ body }) => JSON.stringify(body.receipts[0].recordId))).size).toBe(1);
  expect(await house.db.orm.touchpoint.count()).toBe(1);
});

test("keeps the keys of two callers apart", async () => {
  const { ivr, supervisor } = await house.keys();
  const key = { "idempotency-key": "abc-1" };

  const one = await post([page("1")], { ...key, authorization: `Bearer ${ivr}` });
  const two = await post([page("2")], { ...key, authorization: `Bearer ${supervisor}` });

  expect([statusesOf(one.body), statusesOf(two.body)]).toEqual([["ACCEPTED"], ["ACCEPTED"]]);
});

test("refuses an idempotency key that could be two", async () => {
  const { status } = await post([page("1")], { "idempotency-key": "a b" });

  expect(status).toBe(400);
});

test("reads NDJSON line by line, broken and empty lines, a byte-order mark and CRLF included", async () => {
  const { status, lines } = await postLines(
    `\uFEFF${JSON.stringify(page("1"))}\r\n\r\n{oops\n${JSON.stringify(page("2"))}`,
  );

  expect(status).toBe(200);
  expect(lines.map((receipt) => receipt.status)).toEqual(["ACCEPTED", "REJECTED", "ACCEPTED"]);
  expect(lines[1].reason).toBe("BROKEN_ROW");
});

test("gives an NDJSON body its earlier answer under the same key", async () => {
  const key = { "idempotency-key": "lines" };
  const text = JSON.stringify(page("1"));

  const first = await postLines(text, key);
  const again = await postLines(text, key);
  const other = await postLines(JSON.stringify(page("2")), key);

  expect(again.lines).toEqual(first.lines);
  expect(again.headers.get("idempotency-replayed")).toBe("true");
  expect(other.status).toBe(409);
});

test.each([
  ["a line longer than the limit", `{"source":"${"x".repeat(2_000)}"}`],
  ["more lines than the limit", Array.from({ length: 6 }, (_, i) => JSON.stringify(page(String(i)))).join("\n")],
])("refuses %s", async (_name, text) => {
  const { status, lines } = await postLines(text);

  expect(status).toBe(413);
  expect(lines[0]).toMatchObject({ error: { code: "LIMIT_EXCEEDED" } });
});

test("allows as many lines as the limit", async () => {
  const { status } = await postLines(Array.from({ length: 5 }, (_, i) => JSON.stringify(page(String(i)))).join("\n"));

  expect(status).toBe(200);
});

test.each([
  ["POST", "/v1/touchpoints?dryRun=true", "Not a parameter: dryRun. This address takes none"],
  ["POST", "/v1/calls?phone=%2B46701740605&46701740605=", "Not a parameter: phone, 1 other. This address takes none"],
  ["GET", "/v1/reports/histogram?format=csv&input=%7B%7D", "Not a parameter: format. Send input only"],
])("%s %s is refused, since nobody reads it, and nothing is stored", async (method, path, sentence) => {
  const reply = await fetch(`${house.url}${path}`, {
    method,
    headers: { authorization: `Bearer ${ADMIN_KEY}`, "content-type": "application/json" },
    ...(method === "POST" ? { body: JSON.stringify(page("1")) } : {}),
  });

  expect(reply.status).toBe(400);
  expect(((await reply.json()) as { error: unknown }).error).toMatchObject({
    code: "BAD_INPUT",
    message: expect.stringContaining(sentence),
  });
  expect(await house.db.orm.touchpoint.count()).toBe(0);
});
