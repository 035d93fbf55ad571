import type { Db } from "../db/client.ts";
import { flag, row } from "../db/row.ts";
import { sql } from "../db/sql.ts";
import type { Log } from "../kit/log.ts";
import { faultOf, type Seal, type SealedRow, sealsOf } from "./seals.ts";

/** The lock of sealing: instances take turns. */
const SEALING = 360_014;
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

/** Seals the rows that have no seal yet, and answers how many; none where another instance is at it. */
export async function sealAudit(db: Db, key: Uint8Array, log: Log): Promise<number> {
  return db.longTransaction(async (tx) => {
    const { orm } = tx;
    const [turn] = await tx.rows(Turn, sql`select pg_try_advisory_xact_lock(${SEALING}::bigint) as ours`);
    if (!turn!.ours) return 0;
    const rows: SealedRow[] = await orm.audit.findMany({
      where: { seal: null },
      orderBy: [{ at: "asc" }, { id: "asc" }],
      take: ROWS_AT_ONCE,
      select: COLUMNS,
    });
    const last = await orm.auditSeal.findFirst({ orderBy: { seq: "desc" } });
    for (const { seal, ids } of sealsOf(rows, last, key)) {
      await orm.auditSeal.create({ data: { ...seal, hash: new Uint8Array(seal.hash) } });
      await orm.audit.updateMany({ where: { id: { in: ids } }, data: { seal: seal.seq } });
      // Whoever keeps the log can say what the last seal was, should the last ones be deleted with their rows.
      log.debug("audit.sealed", { seq: seal.seq, rows: seal.rows, hash: Buffer.from(seal.hash).toString("hex") });
    }
    return rows.length;
  });
}

/** What a check of all seals found. */
export interface AuditCheck {
  seals: number;
  rows: number;
  /** Rows that came since the last round, and have no seal yet. */
  unsealed: number;
  faults: { seq: number; day: string; fault: string }[];
}

/** Checks every seal against its rows and the seal before. */
export async function checkAudit({ orm }: Db, key: Uint8Array): Promise<AuditCheck> {
  const found: AuditCheck = {
    seals: 0,
    rows: 0,
    unsealed: await orm.audit.count({ where: { seal: null } }),
    faults: [],
  };
  let before: Seal | null = null;
  for (;;) {
    const seal: Seal | null = await nextSeal(orm, before);
    if (!seal) return found;
    const rows = await orm.audit.findMany({ where: { seal: seal.seq }, select: COLUMNS });
    const fault = faultOf(seal, { rows, before, key });
    if (fault) found.faults.push({ seq: seal.seq, day: seal.day, fault });
    found.seals += 1;
    found.rows += rows.length;
    before = seal;
  }
}

async function nextSeal(orm: Db["orm"], before: Seal | null): Promise<Seal | null> {
  return orm.auditSeal.findFirst({ where: { seq: { gt: before?.seq ?? 0 } }, orderBy: { seq: "asc" } });
}
