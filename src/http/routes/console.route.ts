import { existsSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import files from "@fastify/static";
import type { FastifyInstance, FastifyReply } from "fastify";

/** Where `npm run build` puts the console. */
const BUILT = fileURLToPath(new URL("../../console/dist/", import.meta.url));

/** The paths of the console's pages; the console reads the rest of the address. */
const PAGES = ["desk", "customers", "conflicts", "reports", "wallboard", "operations", "audit", "simulator"];

/** Everything comes from this server: no inline script, no frame, no other host. */
const POLICY = {
  "default-src": "'none'",
  "script-src": "'self'",
  "style-src": "'self'",
  "img-src": "'self' data:",
  "font-src": "'self'",
  "connect-src": "'self'",
  "base-uri": "'none'",
  "form-action": "'none'",
  "frame-ancestors": "'none'",
};
/** CodeMirror sets styles in place, and GraphiQL brings its fonts within its styles; nothing else is loosened. */
const GRAPHIQL_POLICY = { ...POLICY, "style-src": "'self' 'unsafe-inline'", "font-src": "'self' data:" };

const NOT_BUILT = "The console is not built: run `npm run build`, then load this page again.\n";

export interface ConsoleDeps {
  /** Whether GraphiQL is offered. */
  hasGraphiql: boolean;
  folder?: string;
}

/** The console at `/`, its page at every address of its own; GraphiQL at `/graphiql`. Browsers keep what both are made of. */
export function consoleRoute(server: FastifyInstance, { hasGraphiql, folder = BUILT }: ConsoleDeps): void {
  const open = { config: { access: "open" as const } };
  server.register(files, { serve: false, preCompressed: true });
  for (const address of ["/", ...PAGES.flatMap((page) => [`/${page}`, `/${page}/*`])])
    server.get(address, open, (_request, reply) => {
      if (hasGraphiql) reply.header("link", '</graphiql>; rel="help"');
      return sendPage(reply, folder, POLICY);
    });
  if (hasGraphiql)
    server.get("/graphiql", open, (_request, reply) => sendPage(reply, join(folder, "graphiql"), GRAPHIQL_POLICY));
  server.get("/favicon.svg", open, (_request, reply) => reply.sendFile("favicon.svg", folder, { maxAge: "1d" }));
  // The name contains a hash of the content, so browsers may cache it for ever.
  server.get<{ Params: { name: string } }>("/assets/:name(^[\\w.-]+$)", open, ({ params: { name } }, reply) =>
    reply.sendFile(name, join(folder, "assets"), { maxAge: "365d", immutable: true }),
  );
}

/** Revalidated at each visit, so that an update shows at once. */
function sendPage(reply: FastifyReply, folder: string, policy: Record<string, string>): FastifyReply {
  if (!existsSync(join(folder, "index.html"))) return reply.code(503).type("text/plain; charset=utf-8").send(NOT_BUILT);
  const said = Object.entries(policy).map(([what, where]) => `${what} ${where}`);
  return reply
    .header("content-security-policy", said.join("; "))
    .header("referrer-policy", "no-referrer")
    .header("cache-control", "no-cache")
    .sendFile("index.html", folder, { cacheControl: false });
}
