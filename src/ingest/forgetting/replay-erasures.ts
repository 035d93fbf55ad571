import type { Database, Db } from "../../db/client.ts";
import type { Rules } from "../../facts/rules.ts";
import { lockStitching } from "../../identity/evidence.repository.ts";
import { erasedRecord } from "../storing/erasures.repository.ts";
import { erase } from "./erase.ts";
import type { ErasureLedger } from "./erasure-ledger.ts";
import {
  findForgettings,
  insertForgetting,
  readForgetting,
  readRecordIds,
  renewStatistics,
} from "./forgettings.repository.ts";
import type { LedgerLine } from "./ledger-lines.ts";
import { findNamed, findOwnersNow, findRecordsAbout } from "./whom.repository.ts";

interface Replaying {
  ledger: ErasureLedger;
  rules: Rules;
  identityKey: Uint8Array;
  rejectionKey: Uint8Array;
}

/**
 * Forgets again whom the file knows to be forgotten and the database does not: it was restored from a backup. Enters into the
 * file whom only the database knows. Answers how many were forgotten again.
 */
export async function replayErasures(database: Database, replaying: Replaying): Promise<number> {
  const { ledger } = replaying;
  const lines = ledger.read();
  const known = new Set(await findForgettings(database));
  const entered = new Set(lines.map(({ id }) => id));
  for (const id of known) if (!entered.has(id)) ledger.append(await readForgetting(database, id));
  const missing = lines.filter(({ id }) => !known.has(id));
  if (missing.length === 0) return 0;
  await database.longTransaction((tx) => forgetAgain(tx, missing, replaying));
  await renewStatistics(database);
  return missing.length;
}

/** All of them in one transaction: what records there are is read once, and whoever starts beside it waits. */
async function forgetAgain(tx: Db, missing: readonly LedgerLine[], replaying: Replaying): Promise<void> {
  await lockStitching(tx);
  const known = new Set(await findForgettings(tx));
  const lines = missing.filter(({ id }) => !known.has(id));
  const recordsOf = await findRecordsIn(tx, lines, replaying.identityKey);
  for (const line of lines) await forgetLine(tx, { line, found: recordsOf.get(line.id) ?? [] }, replaying);
}

/** The records that lines name by their hashes, by the line. */
async function findRecordsIn(tx: Db, lines: readonly LedgerLine[], key: Uint8Array): Promise<Map<string, string[]>> {
  const lineOf = new Map(lines.flatMap(({ id, hashes }) => hashes.map((hash) => [hash, id] as const)));
  const found = new Map<string, string[]>(lines.map(({ id }) => [id, []]));
  for await (const page of readRecordIds(tx)) {
    for (const { id } of page) {
      const line = lineOf.get(erasedRecord(key, id));
      if (line) found.get(line)!.push(id);
    }
  }
  return found;
}

async function forgetLine(
  tx: Db,
  { line, found }: { line: LedgerLine; found: readonly string[] },
  { rules, identityKey, rejectionKey }: Replaying,
): Promise<void> {
  const named = await findNamed(tx, line.hashes);
  const identities = named.map(({ id }) => id);
  const records = [...new Set([...found, ...(await findRecordsAbout(tx, identities))])];
  const owners = await findOwnersNow(tx, identities);
  const customers = [...new Set([...owners, ...named.map(({ birthId }) => birthId)])];
  const erased = await erase(tx, { identities, records, customers }, { rules, rejectionKey });
  const more = records.map((id) => erasedRecord(identityKey, id));
  const hashes = [...new Set([...line.hashes, ...erased.identities, ...more])];
  await insertForgetting(tx, line.receipt, { hashes, heldSince: erased.heldSince });
}
