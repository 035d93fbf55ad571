import type { FastifyRequest } from "fastify";
import { AppError } from "../kit/errors.ts";

/** Names as programs write them; anything else may be a value that lost its name, such as a telephone number. */
const PRINTABLE = /^(?!.*\d{3})[a-z][\w.-]{0,39}$/i;
/** The most names in a sentence. */
const MOST_NAMES = 3;

/** Says which of the parameters of a query string nobody reads; no value is told again. */
export function unreadParameters(unread: readonly string[]): string {
  const names = unread.filter((name) => PRINTABLE.test(name)).slice(0, MOST_NAMES);
  const others = unread.length - names.length;
  return `Not a parameter: ${[...names, ...(others > 0 ? [`${others} other`] : [])].join(", ")}.`;
}

/** Refuses parameters that the route does not read, where it states which it does: a `dryRun` that is not heeded would write. */
export async function refuseParameters({ query, routeOptions }: FastifyRequest): Promise<void> {
  const { parameters } = routeOptions.config;
  if (!parameters) return;
  const unread = Object.keys(query as object).filter((name) => !parameters.includes(name));
  if (unread.length === 0) return;
  const remedy =
    parameters.length > 0 ? `Send ${parameters.join(", ")} only.` : "This address takes none: leave it out.";
  throw new AppError("BAD_INPUT", `${unreadParameters(unread)} ${remedy}`);
}
