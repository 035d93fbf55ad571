import type { Db } from "../../db/client.ts";
import type { Rules } from "../../facts/rules.ts";
import { twinOf } from "../../facts/visit-id.ts";
import type { Channel } from "../../fields/choices.ts";
import { customersOf, recordChanges } from "../../identity/changes.repository.ts";
import { lockStitching } from "../../identity/evidence.repository.ts";
import { findOwners, type Owners } from "../../identity/owners.ts";
import { keyBy } from "../../kit/group.ts";
import { nothingLoosened, tieContacts } from "../storing/contacts.ts";
import { insertItems } from "../storing/dictionary.repository.ts";
import type { Item } from "../storing/items.ts";
import { grow, placeParts, type VisitContext } from "../storing/place-visits.ts";
import type { Visit } from "../storing/visit.ts";
import { findOnlyArchived, findStanding, insertArchived } from "./archived-rows.repository.ts";

/** A row of the archive. */
export interface ArchivedRow {
  id: string;
  subjectId: string;
  occurredAt: Date;
  endedAt: Date | null;
  source: string;
  channel: Channel;
  universalSessionId: string | null;
  device: string | null;
  contactKeys: readonly string[];
  /** The visit that it was of, which has the sender's name for its session; null where pauses bound it. */
  interactionId: string;
  sessionId: string | null;
  /** The names of the dictionary that it has. */
  names: readonly Item[];
  /** All of the row by column, as JSON. */
  fields: Readonly<Record<string, string>>;
}

/**
 * Puts rows of the archive back, as if they came now with the keys and the evidence that they left: their visits are grown or
 * joined, whose they are is asked of the owners of today. What is in its place again, or has lost its key, is left out.
 */
export async function bringBack(tx: Db, rows: readonly ArchivedRow[], rules: Rules): Promise<number> {
  await lockStitching(tx);
  const missing = await findOnlyArchived(tx, rows);
  const living = rows.filter(({ id }) => missing.has(id));
  if (living.length === 0) return 0;
  const owners = await findOwners(
    tx,
    living.map(({ subjectId }) => subjectId),
  );
  const loosened = nothingLoosened();
  const standing = await findStanding(tx, living);
  const parts = living.map((row) => partOf(row, { owners, standing }));
  const visits = await placeAgain(tx, parts, {
    isStanding: (_, i) => standing.has(living[i]!.id),
    context: { batchId: null, rules, loosened },
  });
  await insertItems(tx, [
    ...keyBy(
      living.flatMap(({ names }) => names),
      ({ id }) => id,
    ).values(),
  ]);
  await insertArchived(tx, [...Object.keys(living[0]!.fields), "customer_id"], living.map(lineOf(parts, visits)));
  await tieContacts(tx, loosened);
  await recordChanges(tx, customersOf(parts.flatMap(({ subjectId }) => everyOwner(owners, subjectId))));
  return living.length;
}

/** All owners of a subject: an earlier moment of a visit gives the whole visit to whom the subject belonged then. */
const everyOwner = (owners: Owners, subjectId: string): string[] =>
  owners.rangesOf(subjectId).map(({ customerId }) => customerId);

/** Grows the visits that stand still around what they had; joins the rest with what is around it. */
async function placeAgain(
  tx: Db,
  parts: readonly Visit[],
  { isStanding, context }: { isStanding: (part: Visit, i: number) => boolean; context: VisitContext },
): Promise<string[]> {
  const others = parts.filter((part, i) => !isStanding(part, i));
  await grow(tx, parts.filter(isStanding), context);
  const placed = await placeParts(tx, others, context);
  const visits = new Map(others.map((part, i) => [part, placed[i]!]));
  return parts.map((part) => visits.get(part) ?? part.id);
}

function partOf(row: ArchivedRow, { owners, standing }: { owners: Owners; standing: ReadonlySet<string> }): Visit {
  const { subjectId, source, channel, occurredAt, endedAt, universalSessionId, device, contactKeys, sessionId } = row;
  const key = sessionId === null && !standing.has(row.id) ? twinOf(row.id) : row.interactionId;
  return {
    id: key,
    sourceId: sessionId ?? key,
    subjectId,
    customerId: owners.ownerOf(subjectId, occurredAt),
    source,
    channel,
    from: occurredAt,
    to: endedAt ?? occurredAt,
    sessionId,
    universalSessionId,
    device,
    contactKeys,
  };
}

const lineOf = (parts: readonly Visit[], visits: readonly string[]) => (row: ArchivedRow, i: number) => {
  const fields = {
    ...row.fields,
    interaction_id: JSON.stringify(visits[i]),
    customer_id: JSON.stringify(parts[i]!.customerId),
  };
  return `{${Object.entries(fields)
    .map(([name, value]) => `"${name}":${value}`)
    .join(",")}}`;
};
