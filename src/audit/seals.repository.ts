import type { Db } from "../db/client.ts";
import { LOCKS } from "../db/locks.ts";
import { flag, row } from "../db/row.ts";
import { sql } from "../db/sql.ts";
import type { Log } from "../kit/log.ts";
import { keepHead, readHeads, type SealHead } from "./seal-head.ts";
import { faultOf, type Seal, type SealedRow, type StoredSeal, sealsOf } from "./seals.ts";

const Turn = row({ ours: flag });
/** The most rows of one round. */
const ROWS_AT_ONCE = 10_000;

const COLUMNS = {
  id: true,
  at: true,
  actorId: true,
  actor: true,
  action: true,
  customerId: true,
  detail: true,
} as const;

export interface Sealing {
  key: Uint8Array;
  log: Log;
  /** The file that says what the last seal is; null where nobody keeps one. */
  headFile: string | null;
}

/** Seals the rows that have no seal yet, and answers how many; none where another instance is at it. */
export async function sealAudit(db: Db, sealing: Sealing): Promise<number> {
  const { rows, last } = await sealRound(db, sealing);
  if (last && sealing.headFile) {
    const missed = await findMissedHeads(db, sealing.headFile);
    const isNewestMissed = missed.some(({ seq }) => seq === readHeads(sealing.headFile!).at(-1)!.seq);
    if (missed.length > 0) sealing.log.error("audit.seals-missed", { seqs: missed.map(({ seq }) => seq) });
    // Once it is stored: a head that was written before, and not stored, would be missed for good.
    keepHead(sealing.headFile, headOf(last), isNewestMissed);
  }
  return rows;
}

const headOf = ({ seq, hash }: Pick<Seal, "seq" | "hash">): SealHead => ({
  seq,
  hash: Buffer.from(hash).toString("hex"),
});

/** The seals that the file has and the database has not, or has otherwise. */
async function findMissedHeads({ orm }: Db, file: string): Promise<SealHead[]> {
  const heads = readHeads(file);
  const stored = await orm.auditSeal.findMany({ where: { seq: { in: heads.map(({ seq }) => seq) } } });
  const hashes = new Map(stored.map(headOf).map(({ seq, hash }) => [seq, hash]));
  return heads.filter(({ seq, hash }) => hashes.get(seq) !== hash);
}

/** How many rows a round sealed, and the last of its seals. */
async function sealRound(db: Db, { key, log }: Sealing): Promise<{ rows: number; last: Seal | null }> {
  return db.longTransaction(async (tx) => {
    const { orm } = tx;
    const [turn] = await tx.rows(Turn, sql`select pg_try_advisory_xact_lock(${LOCKS.sealing}::bigint) as ours`);
    if (!turn!.ours) return { rows: 0, last: null };
    const rows: SealedRow[] = await orm.audit.findMany({
      where: { seal: null },
      orderBy: [{ at: "asc" }, { id: "asc" }],
      take: ROWS_AT_ONCE,
      select: COLUMNS,
    });
    const before = await orm.auditSeal.findFirst({ orderBy: { seq: "desc" } });
    const made = sealsOf(rows, before, key);
    for (const { seal, ids } of made) {
      await orm.auditSeal.create({ data: { ...seal, hash: new Uint8Array(seal.hash) } });
      await orm.audit.updateMany({ where: { id: { in: ids } }, data: { seal: seal.seq } });
      // Whoever keeps the log can say what the last seal was, should the last ones be deleted with their rows.
      log.debug("audit.sealed", { seq: seal.seq, rows: seal.rows, hash: Buffer.from(seal.hash).toString("hex") });
    }
    return { rows: rows.length, last: made.at(-1)?.seal ?? null };
  });
}

/** What a check of all seals found. */
export interface AuditCheck {
  seals: number;
  rows: number;
  /** Rows that came since the last round, and have no seal yet. */
  unsealed: number;
  /** `day` is empty of a seal that only the file has. */
  faults: { seq: number; day: string; fault: string }[];
}

/** Checks every seal against its rows and the seal before, and the last against the file beside the database. */
export async function checkAudit(db: Db, { key, headFile }: Omit<Sealing, "log">): Promise<AuditCheck> {
  const { orm } = db;
  const found: AuditCheck = {
    seals: 0,
    rows: 0,
    unsealed: await orm.audit.count({ where: { seal: null } }),
    faults: [],
  };
  let before: StoredSeal | null = null;
  for (;;) {
    const seal: StoredSeal | null = await nextSeal(orm, before);
    if (!seal) break;
    const rows = await orm.audit.findMany({ where: { seal: seal.seq }, select: COLUMNS });
    const fault = faultOf(seal, { rows, before, key });
    if (fault) found.faults.push({ seq: seal.seq, day: seal.day, fault });
    found.seals += 1;
    found.rows += rows.length;
    before = seal;
  }
  for (const { seq } of headFile ? await findMissedHeads(db, headFile) : [])
    found.faults.push({ seq, day: "", fault: GONE });
  return found;
}

const GONE =
  "the file beside the database has it, and the database has not: it was deleted, or an older backup restored";

async function nextSeal(orm: Db["orm"], before: Seal | null): Promise<StoredSeal | null> {
  return orm.auditSeal.findFirst({ where: { seq: { gt: before?.seq ?? 0 } }, orderBy: { seq: "asc" } });
}
