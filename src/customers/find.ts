import { normalise } from "../facts/normalise.ts";
import { type Rules, settingsOf } from "../facts/rules.ts";
import type { IdentityInput } from "../facts/values.type.ts";
import { AppError } from "../kit/errors.ts";
import { identityId } from "../kit/id.ts";
import { isId } from "../kit/page.ts";
import type { RequestContext } from "../request.ts";
import { formerCustomerLoader, ownerLoader } from "./customer.loader.ts";
import type { CustomerType } from "./customer.type.ts";

/** A reader is no source: defaults apply to what it sends. */
const READER = "";

/** The customer by an id, followed to whom it was merged into, or by an identity, which is its owner's now. */
export async function findCustomer(
  request: RequestContext,
  { id, identity }: { id?: string | null; identity?: IdentityInput | null },
): Promise<CustomerType | null> {
  if ((id == null) === (identity == null)) {
    throw new AppError("BAD_INPUT", "Send either `id` or `identity`: exactly one of them.");
  }
  if (identity != null) return request.once(ownerLoader).load(idOf(request, identity));
  const node = isId(id) ? await request.once(formerCustomerLoader).load(id.toLowerCase()) : null;
  return node && "survivor" in node ? node.survivor : node;
}

/** The id of an identity as a client spells it; BAD_INPUT with the reason where it can mean nobody. */
function idOf({ rules, identityKey }: RequestContext, identity: IdentityInput): string {
  const answer = normalise(identity, settingsOf(rules, READER), rules);
  if (!answer.ok) throw new AppError("BAD_INPUT", `${answer.message} (${answer.reason})`, ["identity"]);
  return identityId(identityKey, answer.key.namespace, answer.key.value);
}

/** The ids of all identities that a text can be the value of, in any namespace and of any issuer. */
export function identityIdsOf({ rules, identityKey }: RequestContext, text: string): string[] {
  const ids = new Set<string>();
  for (const namespace of namespacesOf(rules)) {
    const answer = normalise({ namespace, value: text }, settingsOf(rules, READER), rules);
    if (answer.ok) ids.add(identityId(identityKey, answer.key.namespace, answer.key.value));
  }
  return [...ids];
}

function namespacesOf(rules: Rules): string[] {
  const issuers = [...new Set([...rules.sources.values()].flatMap(({ anchorIssuer }) => anchorIssuer ?? []))];
  const named = [...new Set(rules.namespaces.values())];
  return named.flatMap(({ name, kind }) => [
    name,
    ...(kind === "ANCHOR" ? issuers.map((issuer) => `${name}@${issuer}`) : []),
  ]);
}
