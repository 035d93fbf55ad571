import type { Db } from "../../db/client.ts";
import type { Rules } from "../../facts/rules.ts";
import { customersOf, recordChanges } from "../../identity/changes.repository.ts";
import { stitch } from "../../identity/stitch.ts";
import { groupBy } from "../../kit/group.ts";
import { findCustomerRows, insertCustomerRecords } from "../storing/customer-records.repository.ts";
import { findEntries, removeRows, renewKeys } from "../storing/ledger.repository.ts";
import { mergeStatements } from "../storing/merge-customer.ts";
import { findStatementsBeside } from "../storing/statements.repository.ts";

/**
 * Makes customer records that these batches said something of, and others too, what they would be without these batches.
 * From then on they are of the batch that brought the newest of the rest. Answers how many. Needs the stitching lock.
 */
export async function remergeCustomers(db: Db, batches: readonly string[], rules: Rules): Promise<number> {
  const beside = groupBy(await findStatementsBeside(db, batches), ({ fact }) => fact.id);
  if (beside.size === 0) return 0;
  const entries = [...(await findEntries(db, [...beside.keys()])).values()];
  const rows = await findCustomerRows(db, entries);
  const records = [...beside].map(([id, said]) => {
    const told = said.map(({ fact }) => fact);
    const merged = mergeStatements(told, rows.get(id)!, rules);
    const { batchId } = said.find(({ fact }) => fact.bodyHash === merged.fact.bodyHash)!;
    return { ...merged, batchId };
  });
  const facts = records.map(({ fact }) => fact);
  const gone = records.flatMap((record) => record.gone);
  const owners = await stitch(db, { facts, replaced: [], gone }, { batchId: null, rules, isLocked: true });
  const merged = records.map(({ row, fact, batchId }) => ({
    ...row,
    batch_id: batchId,
    customer_id: owners.ownerOf(fact.subject.id, fact.at),
  }));
  await removeRows(db, "customer", entries);
  await insertCustomerRecords(db, merged);
  await recordChanges(db, customersOf(merged.map((row) => row.customer_id)));
  for (const [batchId, of] of groupBy(records, (record) => record.batchId)) {
    await renewKeys(
      db,
      of.map(({ fact }) => fact),
      batchId,
    );
  }
  return records.length;
}
