import { AppError } from "../kit/errors.ts";
import { type Connection, connectionOf, isId, pageOf } from "../kit/page.ts";
import type { PageArgs } from "../kit/page.type.ts";
import type { RequestContext } from "../request.ts";
import {
  countAuditEntries,
  ENTRY_PLACE,
  findAllIds,
  findAuditEntries,
  placeOfEntry,
} from "./audit-entry.repository.ts";
import type { AuditEntryRow, AuditFilterInput } from "./audit-entry.type.ts";

/** A page of what the audit says. */
export async function listAuditEntries(
  { db }: RequestContext,
  { customerId, ...filter }: AuditFilterInput,
  asked: PageArgs,
): Promise<Connection<AuditEntryRow>> {
  if (customerId != null && !isId(customerId)) {
    throw new AppError("NOT_FOUND", "No customer has or had this id: send it as it was given.", [
      "filter",
      "customerId",
    ]);
  }
  const page = pageOf(asked, ENTRY_PLACE);
  const meant = { ...filter, customerIds: customerId == null ? null : await findAllIds(db, customerId) };
  const rows = await findAuditEntries(db, meant, page);
  return connectionOf(page, { rows, placeOf: placeOfEntry, count: () => countAuditEntries(db, meant) });
}
