import { Panel } from "../parts/panel.tsx";
import { shortOf } from "./facts.ts";
import type { IdentityFields } from "./profile.query.ts";

/** All that stands for the customer, strongest first. */
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

/** What an identity is, with what must not be missed of it. */
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

/** One identity among others: a value alone may stand in two namespaces. */
export const keyOf = ({ namespace, value }: { namespace: string; value: string }) => `${namespace} ${value}`;
