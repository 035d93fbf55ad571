import { identityIn, type SentIdentity, textIn } from "./raw.ts";

/** What call-tracking systems put where a visitor id belongs, when the caller came from no page of ours. */
const FOREIGN = /^(gbr0|clarity)/i;

/**
 * A visitor id that call tracking passed on. One of the tracker's own is no identity of ours: such a call is kept with
 * the id as data, for the settings of its source to count as unusable.
 */
export function visitorIn(namespace: string, value: unknown): SentIdentity[] {
  const id = textIn(value);
  return id === null || FOREIGN.test(id) ? [] : identityIn(namespace, id);
}
