import type { CarriedIdentity } from "../../facts/fact.ts";
import type { IdentityKey, IdentityKind, SourceSettings } from "../../facts/identity.ts";
import { type NormaliseReason, normalise } from "../../facts/normalise.ts";
import type { Rules } from "../../facts/rules.ts";
import { identityId } from "../../kit/id.ts";

/** A sender's (namespace, value) as an identity, perhaps with a note of what is odd about it, or why it is none. */
type Identified = { identity: CarriedIdentity; message: string | null } | { reason: NormaliseReason; message: string };

/** Normalises the identities of a batch and computes their ids. */
export interface Naming {
  rules: Rules;
  identify(input: IdentityKey, settings: SourceSettings): Identified;
  /** An identity that is normalised already. */
  named(key: IdentityKey, kind: IdentityKind): CarriedIdentity;
}

/** Caches its answers for one batch: a visitor has many touchpoints. */
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
