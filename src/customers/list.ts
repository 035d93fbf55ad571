import { attributesIn, checkReadable, knownAttribute } from "../facts/attributes.ts";
import type { ConflictKind } from "../facts/vocabulary.ts";
import { AppError } from "../kit/errors.ts";
import { type Connection, connectionOf, type PageRequest, pageOf } from "../kit/page.ts";
import type { RequestContext } from "../request.ts";
import type { IdentityConflictRow } from "./conflict.type.ts";
import { CONFLICT_PLACE, countConflicts, findConflicts, placeOfConflict } from "./conflicts.repository.ts";
import type { CustomerFilterInput, CustomerType } from "./customer.type.ts";
import { CUSTOMER_PLACE, countCustomers, findCustomers, placeOfCustomer } from "./customers.repository.ts";
import { identityIdsOf } from "./find.ts";

/** A page of the customers of a filter. */
export async function listCustomers(
  request: RequestContext,
  filter: CustomerFilterInput,
  asked: PageRequest,
): Promise<Connection<CustomerType>> {
  const page = pageOf(asked, CUSTOMER_PLACE);
  requireListing(request, filter);
  checkSearch(filter.search);
  checkReadable(attributesIn(filter), request.viewer.scopes);
  checkOfCustomers(filter.attributes);
  const { viewer } = request;
  const query = { ...filter, viewer, searchedIdentityIds: filter.search ? identityIdsOf(request, filter.search) : [] };
  const rows = await findCustomers(request.db, query, page);
  return connectionOf(page, { rows, placeOf: placeOfCustomer, count: () => countCustomers(request.db, query) });
}

function checkOfCustomers(filters: CustomerFilterInput["attributes"]): void {
  const ofLegs = filters?.find(({ attribute }) => knownAttribute(attribute).of === "LEG");
  if (!ofLegs) return;
  const message = `\`${ofLegs.attribute}\` is said of legs: filter \`interactions\` by it, or count customers in \`aggregate\`.`;
  throw new AppError("BAD_INPUT", message, ["filter", "attributes"]);
}

/** Who may not list everybody may search by name, and who may read no names may do no such thing. */
function requireListing({ viewer }: RequestContext, { search }: CustomerFilterInput): void {
  const scope = search ? "customers:search" : "customers:list";
  if (viewer.scopes.has(scope)) return;
  const remedy = search ? "look one up by identity" : "search by a name (`filter: { search }`)";
  const message = `This needs the scope ${scope}: ${remedy}, or ask for a key whose role has it.`;
  throw new AppError("FORBIDDEN", message, search ? ["filter", "search"] : ["filter"]);
}

/** Longer than any name or identity is no search. */
const LONGEST_SEARCH = 200;

function checkSearch(search: string | null | undefined): void {
  if ((search?.length ?? 0) <= LONGEST_SEARCH) return;
  const message = `Search by at most ${LONGEST_SEARCH} characters: a name, or one identity.`;
  throw new AppError("BAD_INPUT", message, ["filter", "search"]);
}

/** A page of conflicts: evidence and verdicts that the rules do not follow. */
export async function listConflicts(
  { db }: RequestContext,
  kind: ConflictKind | null,
  asked: PageRequest,
): Promise<Connection<IdentityConflictRow>> {
  const page = pageOf(asked, CONFLICT_PLACE);
  const rows = await findConflicts(db, kind ?? null, page);
  return connectionOf(page, { rows, placeOf: placeOfConflict, count: () => countConflicts(db, kind ?? null) });
}
