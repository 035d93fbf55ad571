import type { FastifyInstance } from "fastify";
import type { Asker } from "../../request.ts";
import { askerOf } from "./graphql.route.ts";

/** A caller's identities and call, from a query string. */
interface AskedCaller {
  identities: { namespace: string; value: string }[];
  dialledNumber: string | null;
  ivrIntent: string | null;
  source: string | null;
}

export interface CallersRouteDeps {
  /** Answers in time and never with an error, whatever the database does; `spentMs` of that time are already spent. */
  readCard(asked: AskedCaller, asker: Asker, spentMs: number): Promise<Record<string, string>>;
}

/** Parameters that are not identities. */
const NAMED = ["dialled", "intent", "source"];

/** GET /v1/callers: a look-up for systems that speak no GraphQL, as one flat map of texts. */
export function callersRoute(server: FastifyInstance, { readCard }: CallersRouteDeps): void {
  server.get("/v1/callers", { config: { access: "live:lookup" } }, (request, reply) =>
    readCard(askedIn(request.query as Query), askerOf(request), reply.elapsedTime),
  );
}

type Query = Readonly<Record<string, string | string[] | undefined>>;

/** Every other parameter is an identity: `phone=+46…`, `custid=4587`. A `+` that was not encoded arrives as a space. */
function askedIn(query: Query): AskedCaller {
  const first = (name: string) => [query[name]].flat()[0]?.trim() || null;
  const identities = Object.keys(query)
    .filter((name) => !NAMED.includes(name) && first(name) !== null)
    .map((namespace) => ({ namespace, value: numberIn(query[namespace]) }));
  return { identities, dialledNumber: dialledIn(query.dialled), ivrIntent: first("intent"), source: first("source") };
}

function dialledIn(value: Query[string]): string | null {
  return value === undefined ? null : numberIn(value) || null;
}

function numberIn(value: Query[string]): string {
  const text = [value].flat()[0] ?? "";
  return /^ \d/.test(text) ? `+${text.trim()}` : text.trim();
}
