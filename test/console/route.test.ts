import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import fastify from "fastify";
import { expect, inject, test } from "vitest";
import { consoleRoute } from "../../src/http/routes/console.route.ts";

function serve(name: string, files: Record<string, string>, hasGraphiql = true) {
  const folder = join(inject("directory"), name);
  for (const part of ["assets", "graphiql"]) mkdirSync(join(folder, part), { recursive: true });
  for (const [path, text] of Object.entries(files)) writeFileSync(join(folder, path), text);
  const server = fastify();
  consoleRoute(server, { hasGraphiql, folder });
  return (url: string, headers: Record<string, string> = {}) => server.inject({ url, headers });
}

const BUILT = {
  "index.html": "<!doctype html>",
  "assets/a-1.js": "1",
  "assets/a-1.js.br": "br",
  "assets/a-1.js.gz": "gz",
  secret: "no",
};
const OUTSIDE = ["/assets/..%2Fsecret", "/assets/%2e%2e/secret", "/assets/none.js", "/secret"];

test("shows the page at every address of the console, and asks browsers to ask again", async () => {
  const get = serve("console-pages", BUILT);

  const answers = await Promise.all(["/", "/desk", "/customers/1", "/reports/flow"].map((url) => get(url)));
  const again = await get("/desk", { "if-none-match": String(answers[0]!.headers.etag) });

  expect(answers.map(({ statusCode, body }) => [statusCode, body])).toEqual(Array(4).fill([200, "<!doctype html>"]));
  expect(answers[0]!.headers["cache-control"]).toBe("no-cache");
  expect(again.statusCode).toBe(304);
});

test("forbids scripts and styles from anywhere but this server", async () => {
  const get = serve("console-policy", BUILT);

  const policy = String((await get("/")).headers["content-security-policy"]);

  expect(policy).toContain("default-src 'none'");
  expect(policy).not.toMatch(/unsafe|https?:|\*/);
});

test("serves hashed files for good, smaller where the browser can, and nothing beside them", async () => {
  const get = serve("console-assets", BUILT);

  const plain = await get("/assets/a-1.js");
  const small = await get("/assets/a-1.js", { "accept-encoding": "gzip, br" });
  const older = await get("/assets/a-1.js", { "accept-encoding": "gzip" });
  const outside = await Promise.all(OUTSIDE.map((url) => get(url)));

  expect(plain.headers["cache-control"]).toBe("public, max-age=31536000, immutable");
  expect(plain.headers["content-type"]).toMatch(/^(text|application)\/javascript; charset=utf-8$/);
  expect([plain, small, older].map(({ body, headers }) => [body, headers["content-encoding"]])).toEqual([
    ["1", undefined],
    ["br", "br"],
    ["gz", "gzip"],
  ]);
  expect(small.headers["content-type"]).toBe(plain.headers["content-type"]);
  expect([plain, small].map(({ headers }) => headers.vary)).toEqual(["accept-encoding", "accept-encoding"]);
  expect(outside.map(({ statusCode }) => statusCode)).toEqual(OUTSIDE.map(() => 404));
});

test("shows GraphiQL under a policy of its own, loosened for styles alone", async () => {
  const get = serve("console-graphiql", { "graphiql/index.html": "<!doctype html><title>GraphiQL" });

  const { body, headers } = await get("/graphiql");

  expect(body).toContain("GraphiQL");
  expect(headers["content-security-policy"]).toContain("script-src 'self';");
  expect(headers["content-security-policy"]).toContain("style-src 'self' 'unsafe-inline';");
});

test("names GraphiQL in the headers of its pages where it is there, and only then", async () => {
  const [open, closed] = [serve("console-open", BUILT), serve("console-closed", BUILT, false)];

  expect((await open("/desk")).headers.link).toBe('</graphiql>; rel="help"');
  expect((await closed("/desk")).headers.link).toBeUndefined();
  expect((await closed("/graphiql")).statusCode).toBe(404);
});

test("says how to build what is not built", async () => {
  const get = serve("console-unbuilt", {});

  const answer = await get("/");

  expect(answer.statusCode).toBe(503);
  expect(answer.body).toContain("npm run build");
});
