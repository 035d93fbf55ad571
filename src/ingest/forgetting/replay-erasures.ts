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
  for (const line of missing) await database.longTransaction((tx) => forgetAgain(tx, line, replaying));
  if (missing.length > 0) await renewStatistics(database);
  return missing.length;
}

async function forgetAgain(tx: Db, line: LedgerLine, { rules, identityKey, rejectionKey }: Replaying): Promise<void> {
  await lockStitching(tx);
  if ((await findForgettings(tx)).includes(line.id)) return;
  const hashes = new Set(line.hashes);
  const named = await findNamed(tx, line.hashes);
  const identities = named.map(({ id }) => id);
  const records = new Set(await findRecordsAbout(tx, identities));
  for await (const ids of readRecordIds(tx)) {
    for (const id of ids) if (hashes.has(erasedRecord(identityKey, id))) records.add(id);
  }
  const owners = await findOwnersNow(tx, identities);
  const customers = [...new Set([...owners, ...named.map(({ birthId }) => birthId)])];
  const erased = await erase(tx, { identities, records: [...records], customers }, { rules, rejectionKey });
  const more = [...records].map((id) => erasedRecord(identityKey, id));
  await insertForgetting(tx, line.receipt, [...new Set([...line.hashes, ...erased.identities, ...more])]);
}
