import type { FastifyInstance } from "fastify";
import { AppError } from "../../kit/errors.ts";
import { wholeText } from "../../kit/text.ts";
import type { Asker } from "../../request.ts";
import { unreadParameters } from "../parameters.ts";
import { askerOf } from "./graphql.route.ts";

/** A caller's identities and call, from a query string. */
interface AskedCaller {
  identities: { namespace: string; value: string }[];
  dialledNumber: string | null;
  ivrIntent: string | null;
  source: string | null;
  /** What is wrong with the question, for the person who configures the menu. */
  warning: string | null;
}

export interface CallersRouteDeps {
  isNamespace(name: string): boolean;
  /** Answers in time and never with an error, whatever the database does; `spentMs` of that time are already spent. */
  readCard(asked: AskedCaller, asker: Asker, spentMs: number): Promise<Record<string, string>>;
}

/** Parameters that are not identities. */
const NAMED = ["dialled", "intent", "source"];

/** GET /v1/callers: a look-up for systems that speak no GraphQL, as one flat map of texts. */
export function callersRoute(server: FastifyInstance, { isNamespace, readCard }: CallersRouteDeps): void {
  server.get("/v1/callers", { config: { access: "live:lookup" } }, (request, reply) => {
    const query = request.query as Query;
    const names = Object.keys(query);
    const others = names.filter((name) => !NAMED.includes(name));
    const unread = others.filter((name) => !isNamespace(name.trim()));
    const warning = unread.length > 0 ? warningOf(unread) : null;
    // A menu that works is never told an error: one whose callers we cannot read has never worked, and they withheld nothing.
    if (warning && unread.length === others.length) throw new AppError("BAD_INPUT", warning);
    return readCard({ ...askedIn(query), warning }, askerOf(request), reply.elapsedTime);
  });
}

function warningOf(unread: readonly string[]): string {
  return `${unreadParameters(unread)} Send phone or another namespace of identities, ${NAMED.join(", ")}.`;
}

type Query = Readonly<Record<string, string | string[] | undefined>>;

/** Every other parameter is an identity: `phone=+46…`, `custid=4587`. A `+` that was not encoded arrives as a space. */
function askedIn(query: Query): Omit<AskedCaller, "warning"> {
  const first = (name: string) => textIn(query[name]).trim() || null;
  const identities = Object.keys(query)
    .filter((name) => !NAMED.includes(name) && first(name) !== null)
    .map((namespace) => ({ namespace, value: numberIn(query[namespace]) }));
  return { identities, dialledNumber: dialledIn(query.dialled), ivrIntent: first("intent"), source: first("source") };
}

/** The first value, as the database can keep it: a menu is told no error. */
function textIn(value: Query[string]): string {
  return wholeText([value].flat()[0] ?? "");
}

function dialledIn(value: Query[string]): string | null {
  return value === undefined ? null : numberIn(value) || null;
}

function numberIn(value: Query[string]): string {
  const text = textIn(value);
  return /^ \d/.test(text) ? `+${text.trim()}` : text.trim();
}
