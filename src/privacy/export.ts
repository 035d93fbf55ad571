import type { Database, Db } from "../db/client.ts";
import { findNow, findSurvivor, insertAudit } from "../identity/verdicts.repository.ts";
import { mentionsOf } from "../ingest/forgetting/mentions.ts";
import { readOriginalsNaming, readRejectionsOf } from "../ingest/forgetting/sealed.ts";
import { findHeld, findRecordsOf, type Held } from "../ingest/forgetting/whom.repository.ts";
import type { Actor } from "../kit/actor.ts";
import { AppError } from "../kit/errors.ts";
import { HELD, type Theirs } from "./held.sql.ts";
import { readAsOfNow, readWhole } from "./whole-rows.repository.ts";

/** Takes what is held, piece by piece: it waits for each, so that a slow reader holds no more than a page in memory. */
export interface ExportWriter {
  begin(of: { customerId: string; exportedAt: string }): Promise<void>;
  table(name: string): Promise<void>;
  /** A row as JSON, in PostgreSQL's words: its numbers may have more digits than JavaScript's. */
  row(json: string): Promise<void>;
  end(): Promise<void>;
}

interface Exporting {
  customerId: string;
  by: Actor;
  rejectionKey: Uint8Array;
}

/** Writes all that is held of a customer, whichever of their ids is given, as of one instant. The audit says so first. */
export async function exportCustomer(database: Database, asked: Exporting, writer: ExportWriter): Promise<void> {
  const customerId = await findSurvivor(database, asked.customerId);
  if (!customerId) throw new AppError("NOT_FOUND", "No customer has or had this id.", ["customerId"]);
  await insertAudit(database, {
    by: asked.by,
    action: "customer.exported",
    customerIds: [customerId],
    detail: {},
  });
  await database.longTransaction(async (tx) => {
    await readAsOfNow(tx);
    const held = await findHeld(tx, customerId);
    const theirs = await findTheirs(tx, customerId, held);
    await writer.begin({ customerId, exportedAt: (await findNow(tx)).toISOString() });
    for (const [name, rowsOf] of Object.entries(HELD)) {
      await writer.table(name);
      for await (const found of readWhole(tx, name, rowsOf(theirs))) await writer.row(found);
    }
    await writeSealed(tx, { held, theirs, key: asked.rejectionKey }, writer);
    await writer.end();
  });
}

async function findTheirs(tx: Db, customerId: string, held: readonly Held[]): Promise<Theirs> {
  const sole = held.filter(({ isSole }) => isSole);
  return {
    customers: [...new Set([customerId, ...sole.map(({ birthId }) => birthId)])],
    identities: sole.map(({ id }) => id),
    shared: held.map(({ id }) => id),
    records: await findRecordsOf(tx, customerId),
  };
}

interface Sealed {
  held: readonly Held[];
  theirs: Theirs;
  key: Uint8Array;
}

async function writeSealed(tx: Db, { held, theirs, key }: Sealed, writer: ExportWriter): Promise<void> {
  const sought = { mentions: mentionsOf(held), records: new Set(theirs.records), key };
  await writer.table("rejections");
  for await (const page of readRejectionsOf(tx, sought))
    for (const found of page) await writer.row(JSON.stringify(found));
  await writer.table("originals");
  for await (const page of readOriginalsNaming(tx, sought))
    for (const found of page) await writer.row(JSON.stringify(found));
}
