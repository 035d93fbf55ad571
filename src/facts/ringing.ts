import { AppError } from "../kit/errors.ts";
import { identityId } from "../kit/id.ts";
import type { IdentityKey } from "./identity.ts";
import { normalise } from "./normalise.ts";
import { type Rules, settingsOf } from "./rules.ts";

/** What a ringing call shows of who is calling. */
export interface CallerShown {
  identityIds: string[];
  isWithheld: boolean;
}

export interface CallerNaming {
  rules: Rules;
  identityKey: Uint8Array;
}

/**
 * The identities of a call, as a look-up and an announcement read them. What identifies nobody is left out: a withheld
 * number is no fault. A namespace that does not exist is one; `at` is where in the input the identities stand.
 */
export function shownBy(
  identities: readonly IdentityKey[],
  source: string,
  { rules, identityKey, at }: CallerNaming & { at: readonly string[] },
): CallerShown {
  const settings = settingsOf(rules, source);
  const identityIds: string[] = [];
  let isWithheld = identities.length === 0;
  for (const [position, identity] of identities.entries()) {
    const answer = normalise(identity, settings, rules);
    if (answer.ok) identityIds.push(identityId(identityKey, answer.key.namespace, answer.key.value));
    else if (answer.reason === "UNKNOWN_NAMESPACE") {
      throw new AppError("BAD_INPUT", answer.message, [...at, "identities", String(position), "namespace"]);
    } else if (answer.reason === "WITHHELD") isWithheld = true;
  }
  return { identityIds, isWithheld };
}
