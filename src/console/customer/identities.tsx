import { shortDayOf } from "../parts/format.ts";
import { Panel } from "../parts/panel.tsx";
import { shortOf } from "./facts.ts";
import type { IdentityFields } from "./profile.query.ts";

interface IdentitiesProps {
  identities: readonly IdentityFields[];
  /** Also says what each is good for, and how long it has been seen with the others. */
  isDetailed?: boolean;
}

/** All that stands for the customer, strongest first. */
export function Identities({ identities, isDetailed = false }: IdentitiesProps) {
  return (
    <Panel title="Identities">
      <ul className="identities">
        {identities.map((identity) => (
          <li key={`${identity.namespace} ${identity.value}`}>
            <span className="soft">{identity.namespace}</span>
            <span>
              <span className="mono" title={identity.value}>
                {shortOf(identity.value)}
              </span>
              {isDetailed && <Why of={identity} />}
            </span>
            <span className="row tight">
              {identity.isShared && <Warning>shared</Warning>}
              {identity.isPublic && <Warning>public</Warning>}
            </span>
          </li>
        ))}
      </ul>
    </Panel>
  );
}

function Warning({ children }: { children: string }) {
  return (
    <span className="tag" data-tone="warn">
      {children}
    </span>
  );
}

/** What each kind is good for, for whoever rests on it. */
const KINDS = {
  ANCHOR: "Identifies one customer: two of its kind are never joined by evidence.",
  PERSONAL: "Belongs to one person: whoever shares it is joined.",
  CARRIER: "Used by whoever holds it: it joins nobody.",
} as const satisfies Record<IdentityFields["kind"], string>;

function Why({ of: { kind, firstSeenAt, lastSeenAt } }: { of: IdentityFields }) {
  const [first, last] = [shortDayOf(firstSeenAt), shortDayOf(lastSeenAt)];
  return (
    <span className="note identity-why" title={KINDS[kind]}>
      {kind.toLowerCase()}, seen {first === last ? last : `${first} to ${last}`}
    </span>
  );
}
