import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import fastify from "fastify";
import { expect, inject, test } from "vitest";
import { consoleRoute } from "../../src/http/routes/console.route.ts";

function serve(name: string, files: Record<string, string>) {
  const folder = join(inject("directory"), name);
  mkdirSync(join(folder, "assets"), { recursive: true });
  for (const [path, text] of Object.entries(files)) writeFileSync(join(folder, path), text);
  const server = fastify();
  consoleRoute(server, folder);
  return (url: string, headers: Record<string, string> = {}) => server.inject({ url, headers });
}

const BUILT = { "index.html": "<!doctype html>", "assets/a-1.js": "1", "assets/a-1.js.br": "br", secret: "no" };

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
  const outside = await Promise.all(["/assets/..%2Fsecret", "/assets/none.js"].map((url) => get(url)));

  expect(plain.headers["cache-control"]).toContain("immutable");
  expect([plain.body, small.body, small.headers["content-encoding"]]).toEqual(["1", "br", "br"]);
  expect(outside.map(({ statusCode }) => statusCode)).toEqual([404, 404]);
});

test("says how to build what is not built", async () => {
  const get = serve("console-unbuilt", {});

  const answer = await get("/");

  expect(answer.statusCode).toBe(503);
  expect(answer.body).toContain("npm run build");
});
