import type { CarriedIdentity } from "../../facts/fact.ts";
import type { IdentityKey, IdentityKind, SourceSettings } from "../../facts/identity.ts";
import { type NormaliseReason, normalise } from "../../facts/normalise.ts";
import type { Rules } from "../../facts/rules.ts";
import { identityId } from "../../kit/id.ts";

/** What a sender's (namespace, value) means: an identity, perhaps with a note of what is odd about it, or why none. */
export type Identified =
  | { identity: CarriedIdentity; message: string | null }
  | { reason: NormaliseReason; message: string };

/** Gives the identities of a batch their names and ids. */
export interface Naming {
  rules: Rules;
  identify(input: IdentityKey, settings: SourceSettings): Identified;
  /** An identity that is normalised already. */
  named(key: IdentityKey, kind: IdentityKind): CarriedIdentity;
}

/** Remembers what it was asked, for as long as a batch: the same visitor turns page after page. */
export function openNaming(rules: Rules, identityKey: Uint8Array): Naming {
  const known = new Map<string, Identified>();
  const named: Naming["named"] = ({ namespace, value }, kind) => ({
    namespace,
    value,
    id: identityId(identityKey, namespace, value),
    kind,
    display: null,
  });
  const read: Naming["identify"] = (input, settings) => {
    const answer = normalise(input, settings, rules);
    if (!answer.ok) return answer;
    const identity = named(answer.key, answer.kind);
    return { identity: { ...identity, display: answer.display ?? null }, message: answer.note };
  };
  return {
    rules,
    named,
    identify(input, settings) {
      const { namespace, value } = input;
      const asked = `${settings.name}\0${namespace.length} ${namespace}${value}`;
      const answer = known.get(asked) ?? read(input, settings);
      known.set(asked, answer);
      return answer;
    },
  };
}
