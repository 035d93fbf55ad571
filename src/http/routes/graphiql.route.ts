import { fileURLToPath } from "node:url";
import type { FastifyInstance } from "fastify";

/** Everything comes from this server; CodeMirror sets styles in place, nothing else is loosened. */
const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "font-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join("; ");

const PAGE = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width">
    <title>customer360 · GraphiQL</title>
    <link rel="stylesheet" href="/graphiql/graphiql.css">
    <style>html, body, #root { height: 100%; margin: 0; }</style>
  </head>
  <body>
    <div id="root">Loading…</div>
    <script src="/graphiql/graphiql.js"></script>
  </body>
</html>
`;

/**
 * The key is the console's, when this page was opened from it, else it is typed into the headers tab; it is forgotten
 * with the page. After the hash the address may bring a query and its variables, which no server log sees.
 */
const SCRIPT = `
import { createElement } from "react";
import { createRoot } from "react-dom/client";
import { GraphiQL } from "graphiql";
import { createGraphiQLFetcher } from "@graphiql/toolkit";
import "graphiql/graphiql.css";

const key = sessionStorage.getItem("c360.key") ?? opener?.sessionStorage.getItem("c360.key");
if (key) sessionStorage.setItem("c360.key", key);
const headers = key ? { authorization: "Bearer " + key } : {};
const fetcher = createGraphiQLFetcher({ url: "/graphql", headers, enableIncrementalDelivery: false });
const defaultHeaders = key ? undefined : JSON.stringify({ authorization: "Bearer c360_your_key" }, null, 2);
const asked = new URLSearchParams(location.hash.slice(1));
const given = asked.has("query")
  ? { query: asked.get("query"), variables: asked.get("variables") ?? "", defaultEditorToolsVisibility: "variables" }
  : { defaultEditorToolsVisibility: "headers" };
const defaultQuery = "# Put your key into the headers tab below.\\n\\n{\\n  customers(first: 3) {\\n    nodes { id displayName summary { interactionCount } }\\n  }\\n}\\n";
addEventListener("hashchange", () => location.reload());
createRoot(document.getElementById("root")).render(
  createElement(GraphiQL, { fetcher, defaultHeaders, defaultQuery, ...given }),
);
`;

/** GraphiQL at /graphiql, bundled from the package at the first request and kept: nothing is loaded from elsewhere. */
export function graphiqlRoute(server: FastifyInstance): void {
  const open = { config: { access: "open" as const } };
  let bundled: Promise<Bundle> | undefined;
  const bundle = () => {
    bundled ??= bundleGraphiql();
    return bundled;
  };
  server.get("/graphiql", open, async (_request, reply) =>
    reply.header("content-security-policy", CONTENT_SECURITY_POLICY).type("text/html; charset=utf-8").send(PAGE),
  );
  server.get("/graphiql/graphiql.js", open, async (_request, reply) =>
    reply.type("text/javascript; charset=utf-8").send((await bundle()).script),
  );
  server.get("/graphiql/graphiql.css", open, async (_request, reply) =>
    reply.type("text/css; charset=utf-8").send((await bundle()).style),
  );
}

interface Bundle {
  script: string;
  style: string;
}

async function bundleGraphiql(): Promise<Bundle> {
  const { build } = await import("esbuild");
  const { outputFiles } = await build({
    stdin: { contents: SCRIPT, resolveDir: fileURLToPath(new URL(".", import.meta.url)) },
    bundle: true,
    minify: true,
    write: false,
    outdir: "graphiql",
    define: { "process.env.NODE_ENV": '"production"' },
    loader: { ".ttf": "dataurl", ".woff2": "dataurl" },
    logLevel: "silent",
  });
  const textOf = (suffix: string) => outputFiles.find(({ path }) => path.endsWith(suffix))?.text ?? "";
  return { script: textOf(".js"), style: textOf(".css") };
}
