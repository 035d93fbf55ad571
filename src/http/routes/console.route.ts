import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { FastifyInstance, FastifyReply } from "fastify";

/** Where `npm run build` puts the console. */
const BUILT = fileURLToPath(new URL("../../console/dist/", import.meta.url));

/** The addresses that the console shows a page at; it reads the rest of the address itself. */
const PAGES = ["desk", "customers", "conflicts", "reports", "wallboard", "operations", "simulator"];

/** Everything comes from this server: no inline script or style, no frame, no other host. */
const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join("; ");

const TYPES: Readonly<Record<string, string>> = {
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".svg": "image/svg+xml",
};

const NOT_BUILT = "The console is not built: run `npm run build`, then load this page again.\n";

/** The console at `/`: its page at every address of its own, its files kept by browsers for good. */
export function consoleRoute(server: FastifyInstance, folder = BUILT): void {
  const open = { config: { access: "open" as const } };
  const answer = async (request: { headers: Record<string, unknown> }, reply: FastifyReply) =>
    sendPage(reply, folder, request.headers["if-none-match"]);
  for (const address of ["/", ...PAGES.flatMap((page) => [`/${page}`, `/${page}/*`])])
    server.get(address, open, answer);
  server.get("/favicon.svg", open, async (_request, reply) =>
    reply
      .header("cache-control", "public, max-age=86400")
      .type("image/svg+xml")
      .send(await readIn(folder, "favicon.svg")),
  );
  server.get<{ Params: { name: string } }>("/assets/:name", open, async ({ params: { name }, headers }, reply) => {
    // A listing, never a path out of the address: nothing outside the folder can be named.
    const names: string[] = await readdir(join(folder, "assets")).catch(() => []);
    if (!names.includes(name)) return reply.callNotFound();
    const isSmall = names.includes(`${name}.br`) && /\bbr\b/.test(String(headers["accept-encoding"]));
    if (isSmall) reply.header("content-encoding", "br");
    return reply
      .header("cache-control", "public, max-age=31536000, immutable")
      .header("vary", "accept-encoding")
      .type(TYPES[extname(name)] ?? "application/octet-stream")
      .send(await readIn(folder, `assets/${name}${isSmall ? ".br" : ""}`));
  });
}

/** The name of an asset holds a hash of its content, so what was read once is never read again. */
const kept = new Map<string, Buffer>();

async function readIn(folder: string, path: string): Promise<Buffer> {
  const file = join(folder, path);
  const content = kept.get(file) ?? (await readFile(file));
  kept.set(file, content);
  return content;
}

/** Asked for at each visit and seldom sent, so that an update shows at once. */
async function sendPage(reply: FastifyReply, folder: string, known: unknown): Promise<FastifyReply> {
  const page = await readFile(join(folder, "index.html")).catch(() => null);
  if (!page) return reply.code(503).type("text/plain; charset=utf-8").send(NOT_BUILT);
  const tag = `"${createHash("sha256").update(page).digest("base64url").slice(0, 22)}"`;
  reply
    .header("content-security-policy", CONTENT_SECURITY_POLICY)
    .header("referrer-policy", "no-referrer")
    .header("cache-control", "no-cache")
    .header("etag", tag);
  if (known === tag) return reply.code(304).send();
  return reply.type("text/html; charset=utf-8").send(page);
}
