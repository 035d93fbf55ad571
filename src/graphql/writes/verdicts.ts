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

/** A person is no source: defaults apply to what they type. */
const PERSON = "";
/** Characters of a reason: somebody reads it a year later. */
const MAX_REASON = 1_000;

/** Who decides and why, from a request. */
export function saidIn({ viewer, rules }: RequestContext, reason: string): Said {
  const text = reason.trim();
  if (text && text.length <= MAX_REASON) return { by: viewer.name, reason: text, rules };
  throw new AppError("BAD_INPUT", `Say why, in at most ${MAX_REASON} characters: whoever undoes it will ask.`, [
    "reason",
  ]);
}

/** What was decided, or why nothing was. */
export function payloadOf(decide: () => Promise<Decision>): Promise<VerdictPayloadType> {
  const decided = async () => {
    const { verdict, customerIds } = await decide();
    return { verdictId: verdict.id, customerIds };
  };
  return orFaults(decided, { verdictId: null, customerIds: [] });
}

/** The identity that a person means, with the id under which it is stored. */
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

/** Ids as they are stored; one that can be nobody's is refused where it stands. */
export function idsIn(ids: readonly string[], path: readonly string[]): string[] {
  return ids.map((id, position) => idIn(id, [...path, String(position)]));
}

export function idIn(id: string, path: readonly string[]): string {
  if (isId(id)) return id.toLowerCase();
  throw new AppError("NOT_FOUND", "Nothing has or had this id.", path);
}
