import { Panel } from "../parts/panel.tsx";
import { shortOf } from "./facts.ts";
import type { IdentityFields } from "./profile.query.ts";

/** The customer's identities, strongest first. */
export function Identities({ identities }: { identities: readonly IdentityFields[] }) {
  return (
    <Panel title="Identities">
      <ul className="identities">
        {identities.map((identity) => (
          <li key={keyOf(identity)}>
            <IdentityName of={identity} />
          </li>
        ))}
      </ul>
    </Panel>
  );
}

/** An identity, with the flags that matter. */
export function IdentityName({ of: { namespace, value, isShared, isPublic } }: { of: IdentityFields }) {
  return (
    <span className="identity-name">
      <span className="soft">{namespace}</span>
      <span className="mono" title={value}>
        {shortOf(value)}
      </span>
      <span className="row tight">
        {isShared && <Warning>shared</Warning>}
        {isPublic && <Warning>public</Warning>}
      </span>
    </span>
  );
}

function Warning({ children }: { children: string }) {
  return (
    <span className="tag" data-tone="warn">
      {children}
    </span>
  );
}

/** A key for lists: one value may occur in two namespaces. */
export const keyOf = ({ namespace, value }: { namespace: string; value: string }) => `${namespace} ${value}`;
