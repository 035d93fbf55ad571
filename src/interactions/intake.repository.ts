import type { Db } from "../db/client.ts";
import { sql } from "../db/sql.ts";
import type { ReceiptStatus } from "../facts/vocabulary.ts";
import type { RejectionCountType } from "./intake.type.ts";

export interface IntakeQuery {
  from: Date;
  to: Date;
  timeZone: string;
}

/** One door's receipts of one status, given to one source on one day. */
export interface IntakeRow {
  source: string;
  day: string;
  status: ReceiptStatus;
  count: number;
  doors: string[];
  lastAt: Date;
}

/** Receipts by source, day and status. What was withdrawn since is left out: it is nowhere else either. */
export async function findIntake(db: Db, { from, to, timeZone }: IntakeQuery): Promise<IntakeRow[]> {
  return db.query<IntakeRow>(sql`
    select
      told.source, to_char(b.at at time zone ${timeZone}, 'YYYY-MM-DD') as day, receipt.status,
      sum(receipt.count::int)::int as count, array_agg(distinct b.door) as doors, max(b.at) as "lastAt"
    from batches b
    cross join lateral (
      select b.source, b.receipts where b.by_source is null
      union all
      select key, value from jsonb_each(b.by_source)
    ) as told (source, receipts)
    cross join lateral jsonb_each_text(told.receipts) as receipt (status, count)
    where b.at >= ${from} and b.at < ${to} and b.withdrawn_at is null
    group by told.source, day, receipt.status
    order by told.source, day, receipt.status
  `);
}

/** What is still refused and can be replayed, by source and reason, the commonest first. */
export async function findWaiting(db: Db): Promise<RejectionCountType[]> {
  return db.query<RejectionCountType>(sql`
    select source, reason, count(*)::int as count
    from rejections
    where accepted_at is null and body is not null
    group by source, reason
    order by count(*) desc, source, reason
    limit 200
  `);
}
