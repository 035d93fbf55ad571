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
              {isDetailed && <span className="note identity-why">{whyOf(identity)}</span>}
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

const KINDS = {
  ANCHOR: "Identifies: never two of one kind in a customer",
  PERSONAL: "A person's own: sharing it joins",
  CARRIER: "Used by whoever holds it: never joins",
} as const satisfies Record<IdentityFields["kind"], string>;

function whyOf({ kind, firstSeenAt, lastSeenAt }: IdentityFields): string {
  const [first, last] = [shortDayOf(firstSeenAt), shortDayOf(lastSeenAt)];
  return `${KINDS[kind]}. Seen ${first === last ? last : `${first} to ${last}`}.`;
}
