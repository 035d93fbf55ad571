import type { IncomingMessage } from "node:http";
import { newId } from "../kit/id.ts";

export const REQUEST_ID = "x-request-id";

/** What may appear in a log and in a header. It needs a letter, since a number alone may be a telephone number. */
const SAFE = /^(?=.*[A-Za-z])[\w.-]{8,128}$/;

/** The id that the sender or a proxy gave the request, where it is safe to repeat, else one of our own. */
export function requestIdOf({ headers }: Pick<IncomingMessage, "headers">): string {
  const given = headers[REQUEST_ID];
  return typeof given === "string" && SAFE.test(given) ? given : newId();
}
