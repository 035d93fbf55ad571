import type { Db } from "../db/client.ts";
import { instant, int, list, type RowOf, row, text, word } from "../db/row.ts";
import { sql } from "../db/sql.ts";
import { replayable } from "../facts/rejection.ts";
import { RECEIPT_STATUSES } from "../facts/vocabulary.ts";
import type { RejectionCountType } from "./intake.type.ts";

export interface IntakeQuery {
  from: Date;
  to: Date;
  timeZone: string;
}

/** One entry point's receipts of one status, given to one source on one day. */
const IntakeRow = row({
  source: text,
  day: text,
  status: word(RECEIPT_STATUSES),
  count: int,
  entryPoints: list(text),
  lastAt: instant,
});
export type IntakeRow = RowOf<typeof IntakeRow>;

/** Receipts by source, day and status. What was withdrawn since is left out: it is nowhere else either. */
export async function findIntake(db: Db, { from, to, timeZone }: IntakeQuery): Promise<IntakeRow[]> {
  return db.rows(
    IntakeRow,
    sql`
      select
        told.source, to_char(b.at at time zone ${timeZone}, 'YYYY-MM-DD') as day, receipt.status,
        sum(receipt.count::int)::int as count, array_agg(distinct b.entry_point) as "entryPoints", max(b.at) as "lastAt"
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
    `,
  );
}

/** The most kinds of rejections that are listed. */
const MOST_KINDS = 200;

/** What is still refused and can be replayed, by source and reason, the commonest first. */
export async function findWaiting(db: Db): Promise<RejectionCountType[]> {
  const counted = await db.orm.rejection.groupBy({
    by: ["source", "reason"],
    where: replayable({ source: null, reason: null }),
    _count: { id: true },
    orderBy: [{ _count: { id: "desc" } }, { source: "asc" }, { reason: "asc" }],
    take: MOST_KINDS,
  });
  return counted.map(({ source, reason, _count }) => ({ source, reason, count: _count.id }));
}
