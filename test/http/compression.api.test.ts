import { type IncomingHttpHeaders, type IncomingMessage, request } from "node:http";
import { brotliDecompressSync, gunzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { ADMIN_KEY, useApp } from "../app/use-app.ts";

const house = useApp();
const PERIOD = { from: "2026-11-01T00:00:00Z", to: "2026-12-01T00:00:00Z" };
const INTROSPECTION = "{ __schema { types { name description fields { name description } } } }";

interface Asked {
  accept?: string;
  encoding?: string;
  body?: object;
}

interface Answer {
  status: number;
  headers: IncomingHttpHeaders;
  body: Buffer;
}

function send(path: string, { accept, encoding, body }: Asked, hear: (answer: IncomingMessage) => void) {
  const headers = {
    authorization: `Bearer ${ADMIN_KEY}`,
    "content-type": "application/json",
    ...(accept && { accept }),
    ...(encoding && { "accept-encoding": encoding }),
  };
  const sent = request(`${house.url}${path}`, { method: body ? "POST" : "GET", headers }, hear);
  return sent.end(body && JSON.stringify(body));
}

/** The answer as it comes over the wire; `fetch` would unfold it. */
function ask(path: string, asked: Asked): Promise<Answer> {
  return new Promise((resolve, reject) => {
    send(path, asked, async (answer) => {
      const { statusCode = 0, headers } = answer;
      resolve({ status: statusCode, headers, body: Buffer.concat(await answer.toArray()) });
    }).on("error", reject);
  });
}

const KPIS = `/v1/reports/contact-centre-kpis?input=${encodeURIComponent(JSON.stringify({ period: PERIOD }))}`;

test.each([
  ["JSON", "/openapi.json", {}],
  ["GraphQL", "/graphql", { body: { query: INTROSPECTION } }],
  ["a report as CSV", KPIS, { accept: "text/csv" }],
  ["metrics", "/metrics", {}],
])("sends %s smaller to whoever can read it, and the same", async (_what, path, asked) => {
  const [plain, br, gzip] = await Promise.all([
    ask(path, asked),
    ask(path, { ...asked, encoding: "gzip, deflate, br" }),
    ask(path, { ...asked, encoding: "gzip;q=0.5" }),
  ]);

  expect([plain, br, gzip].map(({ status, headers }) => [status, headers["content-encoding"]])).toEqual([
    [200, undefined],
    [200, "br"],
    [200, "gzip"],
  ]);
  expect(br.headers.vary).toContain("accept-encoding");
  expect(plain.body.length).toBeGreaterThan(br.body.length * 2);
  const texts = [brotliDecompressSync(br.body), gunzipSync(gzip.body)].map(String);
  if (path !== "/metrics") expect(texts).toEqual([String(plain.body), String(plain.body)]);
});

test("leaves what fits into one packet as it is", async () => {
  const { headers, body } = await ask("/graphql", { body: { query: "{ __typename }" }, encoding: "br" });

  expect([headers["content-encoding"], String(body)]).toEqual([undefined, '{"data":{"__typename":"Query"}}\n']);
});

test("holds back no event of a stream that goes on", async () => {
  const input = `{ period: { from: "${PERIOD.from}", to: "${PERIOD.to}" } }`;
  const query = `subscription { kpiTick(everySeconds: 3600, input: ${input}) { rows { contacts } } }`;

  const { headers, event } = await new Promise<{ headers: Answer["headers"]; event: string }>((resolve, reject) => {
    const sent = send("/graphql/stream", { body: { query }, accept: "text/event-stream", encoding: "br" }, (answer) =>
      answer.on("data", (chunk) => {
        if (!String(chunk).includes("event: next")) return;
        sent.destroy();
        resolve({ headers: answer.headers, event: String(chunk) });
      }),
    ).on("error", reject);
  });

  expect(headers["content-encoding"]).toBe("none");
  expect(event).toContain("kpiTick");
});
