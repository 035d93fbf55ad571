import { createHmac, timingSafeEqual } from "node:crypto";
import { canonical } from "../kit/canonical.ts";
import { groupBy } from "../kit/group.ts";

/** A row of the audit, as it is sealed. */
export interface SealedRow {
  id: string;
  at: Date;
  actorId: string | null;
  actor: string;
  action: string;
  customerId: string | null;
  detail: unknown;
}

/** Rows of one day (UTC) that were sealed together; each seal is over the one before it, too. */
export interface Seal {
  seq: number;
  /** Such as 2026-11-30. */
  day: string;
  rows: number;
  hash: Uint8Array;
}

export interface StoredSeal extends Seal {
  /** What marks it as one whose rows retention let go of; null while they are there. */
  gone: Uint8Array | null;
}

const NOTHING = Buffer.alloc(32);

/** The seals of rows that have none, in order of days; `last` is the seal before them. */
export function sealsOf(
  rows: readonly SealedRow[],
  last: Seal | null,
  key: Uint8Array,
): { seal: Seal; ids: string[] }[] {
  const days = groupBy(rows, ({ at }) => at.toISOString().slice(0, 10));
  let before = last;
  return [...days].sort().map(([day, some]) => {
    const seal = { seq: (before?.seq ?? 0) + 1, day, rows: some.length };
    before = { ...seal, hash: hashOf(seal, { rows: some, before, key }) };
    return { seal: before, ids: some.map(({ id }) => id) };
  });
}

/** What is wrong with a seal and its rows; null where nothing is. */
export function faultOf(seal: StoredSeal, { rows, before, key }: Sealed): string | null {
  const expected = (before?.seq ?? 0) + 1;
  if (seal.seq !== expected) return `seal ${expected} is missing`;
  if (seal.gone) return faultOfGone(seal, seal.gone, { rows, key });
  if (rows.length !== seal.rows) return `${rows.length} of ${seal.rows} rows are there`;
  const isWhole = timingSafeEqual(seal.hash, hashOf(seal, { rows, before, key }));
  return isWhole ? null : "a row, or the seal before, is not what was sealed";
}

/** What marks a seal whose rows retention let go of: whoever lacks the key can delete rows, but not say so. */
export const goneMarkOf = ({ seq, hash }: Pick<Seal, "seq" | "hash">, key: Uint8Array): Buffer =>
  createHmac("sha256", key).update(`audit ${seq} gone\n`).update(hash).digest();

/** What is wrong with a seal whose rows are said to be gone; null where nothing is. */
function faultOfGone(seal: Seal, gone: Uint8Array, { rows, key }: Pick<Sealed, "rows" | "key">): string | null {
  if (rows.length > 0) return `${rows.length} rows are there that are said to be gone`;
  const mark = goneMarkOf(seal, key);
  const isOurs = gone.length === mark.length && timingSafeEqual(gone, mark);
  return isOurs ? null : "its rows were deleted, and not by retention";
}

interface Sealed {
  rows: readonly SealedRow[];
  before: Seal | null;
  key: Uint8Array;
}

function hashOf({ seq, day }: Omit<Seal, "hash">, { rows, before, key }: Sealed): Buffer {
  const sealed = createHmac("sha256", key)
    .update(`audit ${seq} ${day}\n`)
    .update(before?.hash ?? NOTHING);
  const inOrder = [...rows].sort((a, b) => (a.id < b.id ? -1 : 1));
  for (const row of inOrder) sealed.update(`${canonical(row)}\n`);
  return sealed.digest();
}
