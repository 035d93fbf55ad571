import type { CarriedIdentity } from "../../facts/fact.ts";
import { normalise } from "../../facts/normalise.ts";
import { settingsOf } from "../../facts/rules.ts";
import type { IdentityInput } from "../../facts/values.type.ts";
import type { Decision, Said } from "../../identity/decide.ts";
import { AppError } from "../../kit/errors.ts";
import { identityId } from "../../kit/id.ts";
import { isId } from "../../kit/page.ts";
import type { RequestContext } from "../../request.ts";
import { orFaults } from "./faults.ts";
import type { VerdictPayloadType } from "./verdict-payloads.type.ts";

/** A person is not a source: the defaults apply to typed identities. */
const PERSON = "";
/** The most characters of a reason. */
const MAX_REASON = 1_000;

/** Who decides and why, from a request. */
export function saidIn({ viewer, rules }: RequestContext, reason: string): Said {
  const text = reason.trim();
  if (text && text.length <= MAX_REASON) return { by: viewer, reason: text, rules };
  throw new AppError("BAD_INPUT", `Say why, in at most ${MAX_REASON} characters: whoever undoes it will ask.`, [
    "reason",
  ]);
}

/** The payload of a decision, or of the error that prevented it. */
export function payloadOf(decide: () => Promise<Decision>): Promise<VerdictPayloadType> {
  const decided = async () => {
    const { verdict, customerIds } = await decide();
    return { verdictId: verdict.id, customerIds };
  };
  return orFaults(decided, { verdictId: null, customerIds: [] });
}

/** A typed identity, normalised, with its id. */
export function carriedIn(
  { rules, identityKey }: RequestContext,
  input: IdentityInput,
  path: string[],
): CarriedIdentity {
  const answer = normalise(input, settingsOf(rules, PERSON), rules);
  if (!answer.ok) throw new AppError("BAD_INPUT", answer.message, path);
  const { key, kind, display = null } = answer;
  return { ...key, kind, display, id: identityId(identityKey, key.namespace, key.value) };
}

/** Ids in lower case; one that cannot be an id is refused at its place. */
export function idsIn(ids: readonly string[], path: readonly string[]): string[] {
  return ids.map((id, position) => idIn(id, [...path, String(position)]));
}

export function idIn(id: string, path: readonly string[]): string {
  if (isId(id)) return id.toLowerCase();
  throw new AppError("NOT_FOUND", "Nothing has or had this id.", path);
}
