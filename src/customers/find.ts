import { type Normalised, normalise } from "../facts/normalise.ts";
import { type Rules, settingsOf } from "../facts/rules.ts";
import type { IdentityInput } from "../facts/values.type.ts";
import { AppError } from "../kit/errors.ts";
import { keyBy } from "../kit/group.ts";
import { identityId } from "../kit/id.ts";
import { isId } from "../kit/page.ts";
import type { RequestContext } from "../request.ts";
import { formerCustomerLoader, ownerLoader } from "./customer.loader.ts";
import type { CustomerType } from "./customer.type.ts";

/** A reader is not a source: the defaults apply to its identities. */
const READER = "";

/** Finds a customer by an id, also one that was merged, or by an identity that it owns now. */
export async function findCustomer(
  request: RequestContext,
  { id, identity }: { id?: string | null; identity?: IdentityInput | null },
): Promise<CustomerType | null> {
  if ((id == null) === (identity == null)) {
    throw new AppError("BAD_INPUT", "Send either `id` or `identity`: exactly one of them.");
  }
  if (identity != null && !request.viewer.scopes.has("customers:find")) throw MAY_NOT_FIND;
  if (identity != null) return findOwner(request, identity);
  const node = isId(id) ? await request.once(formerCustomerLoader).load(id.toLowerCase()) : null;
  return node && "survivor" in node ? node.survivor : node;
}

const MAY_NOT_FIND = new AppError(
  "FORBIDDEN",
  "Finding a customer by identity needs the scope customers:find: ask by id, or for a key whose role has it.",
  ["identity"],
);

/**
 * The customer that owns an identity in a client's spelling; BAD_INPUT with the reason where it identifies nobody. A
 * telephone number without a country code is read in the default region, then, if nobody has it, in the regions of the
 * sources.
 */
async function findOwner(request: RequestContext, identity: IdentityInput): Promise<CustomerType | null> {
  const here = readAs(request, identity, null);
  if (!here.ok) throw new AppError("BAD_INPUT", `${here.message} (${here.reason})`, ["identity"]);
  const owners = request.once(ownerLoader);
  const [id] = idIn(request, here);
  const owner = await owners.load(id!);
  if (owner) return owner;
  const elsewhere = regionsOf(request.rules).flatMap((region) => idIn(request, readAs(request, identity, region)));
  const found = await Promise.all(elsewhere.filter((other) => other !== id).map((other) => owners.load(other)));
  const known = keyBy(
    found.flatMap((customer) => customer ?? []),
    ({ id: customerId }) => customerId,
  );
  if (known.size > 1) {
    const message = "Several customers have this number, in different countries: send it with its country code.";
    throw new AppError("BAD_INPUT", message, ["identity", "value"]);
  }
  return [...known.values()][0] ?? null;
}

/** The ids of all identities whose value the text may be: in any namespace, of any issuer, in any region. */
export function identityIdsOf(request: RequestContext, text: string): string[] {
  const regions = [null, ...regionsOf(request.rules)];
  const ids = namespacesOf(request.rules).flatMap((namespace) =>
    regions.flatMap((region) => idIn(request, readAs(request, { namespace, value: text }, region))),
  );
  return [...new Set(ids)];
}

/** The regions in which sources read their numbers. */
function regionsOf({ sources }: Rules): string[] {
  return [...new Set([...sources.values()].flatMap(({ defaultRegion }) => defaultRegion ?? []))];
}

/** An identity, normalised; a number is read in this region, or in the default one where it is null. */
function readAs({ rules }: RequestContext, identity: IdentityInput, defaultRegion: string | null): Normalised {
  return normalise(identity, { ...settingsOf(rules, READER), defaultRegion }, rules);
}

function idIn({ identityKey }: RequestContext, answer: Normalised): string[] {
  return answer.ok ? [identityId(identityKey, answer.key.namespace, answer.key.value)] : [];
}

function namespacesOf(rules: Rules): string[] {
  const issuers = [...new Set([...rules.sources.values()].flatMap(({ anchorIssuer }) => anchorIssuer ?? []))];
  const named = [...new Set(rules.namespaces.values())];
  return named.flatMap(({ name, kind }) => [
    name,
    ...(kind === "ANCHOR" ? issuers.map((issuer) => `${name}@${issuer}`) : []),
  ]);
}
