import { flagIn, identityIn, isRow, rowsIn, type Sent, type SentIdentity } from "../raw.ts";
import type { XdmIdentity } from "./xdm.type.ts";

/** Adobe's standard namespaces, by their code in lower case; a customer's own ones are data that we have no rule for. */
const NAMESPACES = new Map([
  ["ecid", "ecid"],
  ["email", "email"],
  ["emails", "email"],
  ["email_lc_sha256", "email"],
  ["phone", "phone"],
  ["phone_e.164", "phone"],
  ["crmid", "crmid"],
  ["custid", "custid"],
  ["customerid", "custid"],
  ["loyalty", "loyaltyid"],
  ["loyaltyid", "loyaltyid"],
  ["userid", "login"],
  ["avid", "cookie"],
  ["aaid", "cookie"],
  ["idfa", "device"],
  ["gaid", "device"],
]);

/** The most identities of a record. */
const MOST = 10;

/** The identities of an identity map that a rule is known for, the primary one first. */
export function identitiesIn(map: unknown): SentIdentity[] {
  if (!isRow(map)) return [];
  const found = Object.entries(map).flatMap(([code, list]) => {
    const namespace = NAMESPACES.get(code.toLowerCase());
    const identities = rowsIn(list as Sent<XdmIdentity[]>);
    return namespace ? identities.map((identity) => ({ namespace, identity })) : [];
  });
  const [primary, others] = [found.filter(isPrimary), found.filter((one) => !isPrimary(one))];
  return [...primary, ...others]
    .flatMap(({ namespace, identity }) => identityIn(namespace, identity.id))
    .slice(0, MOST);
}

function isPrimary({ identity }: { identity: Sent<XdmIdentity> }): boolean {
  return flagIn(identity.primary) === true;
}
