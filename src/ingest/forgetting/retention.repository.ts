import type { Db } from "../../db/client.ts";
import { RetainedKind } from "../../db/generated/enums.ts";
import { Count, Id, instant, int, type RowOf, row, text, uuid, word } from "../../db/row.ts";
import { type Sql, sql } from "../../db/sql.ts";
import { newId } from "../../kit/id.ts";
import { keysSql, type RowKey } from "../storing/ledger.repository.ts";

const Due = row({ kind: word(RetainedKind), source: text, days: int, before: instant });
/** A rule, and the instant before which it lets go. */
export type Due = RowOf<typeof Due>;

/** The rules, as of an instant. */
export const findDueRules = (db: Db, now: Date): Promise<Due[]> =>
  db.rows(
    Due,
    sql`
      select kind, source, days, ${now}::timestamptz - make_interval(days => days) as before
      from retention_rules
      order by kind, source
    `,
  );

/** Whether the source of `r` is the rule's: its own rule comes before that of all. */
const isOf = ({ kind, source }: Due, r: Sql): Sql =>
  source === ""
    ? sql`not exists (select from retention_rules o where o.kind = ${kind}::retained_kind and o.source = ${r} and o.source <> '')`
    : sql`${r} = ${source}`;

const HELD_SOURCES = sql`(select h.source from legal_holds h where h.released_at is null and h.source is not null)`;
/** Whoever is held, and who has the identity now that they were born with. */
const HELD_CUSTOMERS = sql`(
  select h.customer_id from legal_holds h where h.released_at is null and h.customer_id is not null
  union
  select a.customer_id
  from legal_holds h
  join identities i on i.customer_id = h.customer_id
  join assignments a on a.subject_id = i.id and a.known_to = 'infinity'
  where h.released_at is null
)`;

/** What a rule takes of a kind, as rows with an `id`. */
function doomed(due: Due): Sql {
  const { kind, before } = due;
  switch (kind) {
    case "TOUCHPOINTS":
      return sql`
        select t.id, t.occurred_at as at
        from touchpoints t
        where t.occurred_at < ${before}::timestamptz and ${isOf(due, sql`t.source`)}
        and t.source not in ${HELD_SOURCES} and t.customer_id not in ${HELD_CUSTOMERS}
      `;
    case "INTERACTIONS":
      return sql`
        select i.id, i.session_start_time as at
        from interactions i
        where not i.is_visit and i.session_start_time < ${before}::timestamptz and ${isOf(due, sql`i.source`)}
        and i.source not in ${HELD_SOURCES} and i.customer_id not in ${HELD_CUSTOMERS}
      `;
    case "EARLIER_VERSIONS":
      // Of a customer record all that was ever said is what it adds up to. A version says who owned it then, who may have
      // turned out to be somebody else since.
      return sql`
        select v.record_id as id, v.kept_at as at
        from revisions v
        where v.kept_at < ${before}::timestamptz and v.body ? 'row' and ${isOf(due, sql`v.body -> 'row' ->> 'source'`)}
        and v.body -> 'row' ->> 'source' not in ${HELD_SOURCES}
        and not exists (
          select
          from identities i
          left join assignments a on a.subject_id = i.id and a.known_to = 'infinity'
          where i.id = (v.body -> 'row' ->> 'subject_id')::uuid
          and coalesce(a.customer_id, i.customer_id) in ${HELD_CUSTOMERS}
        )
      `;
    case "REJECTIONS":
      return sql`
        select j.id, j.received_at as at
        from rejections j
        where j.received_at < ${before}::timestamptz and ${isOf(due, sql`j.source`)} and j.source not in ${HELD_SOURCES}
      `;
    case "HISTORY":
      return sql`select h.id, h.until as at from history h where ${isHistoryDue(due)}`;
    case "AUDIT":
      return sql`select a.id, a.at from audit a where a.seal in (${doomedSeals(due)})`;
  }
}

/**
 * Whether the row `h` of history goes. Rows of identities, of who was seen with whom and of whose they were have no source: the
 * rule of all takes them.
 */
const isHistoryDue = (due: Due): Sql => sql`
  h.until < ${due.before}::timestamptz and ${isOf(due, sql`coalesce(h.body ->> 'source', '')`)}
  and coalesce(h.body ->> 'source', '') not in ${HELD_SOURCES}
  and not exists (
    select
    from (select h.subject_id as id) s
    left join identities i on i.id = s.id
    left join assignments a on a.subject_id = s.id and a.known_to = 'infinity'
    where coalesce(a.customer_id, i.customer_id, (h.body ->> 'customer_id')::uuid) in ${HELD_CUSTOMERS}
  )
`;

/** Seals of days that are over for the rule: their rows go together. An entry has no source, so that a source's own rule takes none. */
const doomedSeals = ({ source, before }: Due): Sql => sql`
  select s.seq
  from audit_seals s
  where s.gone is null and s.day < ${before.toISOString().slice(0, 10)} and ${source === ""}::boolean
  and not exists (select from audit h where h.seal = s.seq and h.customer_id in ${HELD_CUSTOMERS})
`;

/** Seals of one transaction: a day of a busy server has seventeen thousand. */
const SEALS = 2_000;
const Seq = row({ seq: int });

/** Lets go of the rows of some seals, which stay and say so; answers how many rows went, and whether there may be more. */
export async function deleteSealed(db: Db, due: Due, mark: MarkGone): Promise<{ rows: number; isMore: boolean }> {
  return db.longTransaction(async (tx) => {
    const found = await tx.rows(Seq, sql`select d.seq from (${doomedSeals(due)}) d order by d.seq limit ${SEALS}`);
    const seqs = found.map(({ seq }) => seq);
    for (const seal of await tx.orm.auditSeal.findMany({ where: { seq: { in: seqs } } })) {
      await tx.orm.auditSeal.update({ where: { seq: seal.seq }, data: { gone: new Uint8Array(mark(seal)) } });
    }
    const rows = await tx.run(sql`delete from audit where seal = any(${seqs}::int[])`);
    return { rows, isMore: seqs.length === SEALS };
  });
}

/** What marks a seal of the audit whose rows retention let go of. */
export type MarkGone = (seal: { seq: number; hash: Uint8Array }) => Uint8Array;

/** The first so many that a rule takes, the oldest first. */
export async function findDue(db: Db, due: Due, most: number): Promise<string[]> {
  const rows = await db.rows(Id, sql`select d.id from (${doomed(due)}) d order by d.at, d.id limit ${most}`);
  return rows.map(({ id }) => id);
}

/** A touchpoint in the archive. */
export interface ArchivedTouchpoint extends RowKey {
  source: string;
  interactionId: string;
}

/** Those of these touchpoints in the archive that a rule takes. */
export async function findDueArchived(db: Db, due: Due, rows: readonly ArchivedTouchpoint[]): Promise<Set<string>> {
  const found = await db.rows(
    Id,
    sql`
      select k.id
      from ${keysSql(rows)}
      join unnest(${rows.map(({ id }) => id)}::uuid[], ${rows.map(({ source }) => source)}::text[]) as r (id, source) using (id)
      join ingest_keys e using (id)
      join identities i on i.id = k.subject_id
      left join assignments a on a.subject_id = k.subject_id and a.known_to = 'infinity'
        and k.at >= a.valid_from and k.at < a.valid_to
      where k.at < ${due.before}::timestamptz and ${isOf(due, sql`r.source`)}
      and r.source not in ${HELD_SOURCES} and coalesce(a.customer_id, i.customer_id) not in ${HELD_CUSTOMERS}
    `,
  );
  return new Set(found.map(({ id }) => id));
}

/** How much a rule takes now. */
export async function countDue(db: Db, due: Due): Promise<number> {
  const [found] = await db.rows(Count, sql`select count(*) as count from (${doomed(due)}) d`);
  return found!.count;
}

/** Deletes what is no record of its own; answers how much. */
export function deleteDue(db: Db, due: Due): Promise<number> {
  if (due.kind === "REJECTIONS") {
    return db.run(sql`delete from rejections where id in (select d.id from (${doomed(due)}) d)`);
  }
  if (due.kind === "HISTORY") return db.run(sql`delete from history h where ${isHistoryDue(due)}`);
  return db.run(sql`
    delete from revisions r
    using (${doomed(due)}) d
    where r.record_id = d.id and r.kept_at = d.at and r.body ? 'row'
  `);
}

const Last = row({ id: uuid });

/** What a run over the archive lets go of, which is no run over the database. */
export const OF_ARCHIVE = "ARCHIVED_TOUCHPOINTS";

/** Whether a run over the database began after an instant. */
export async function hasRunSince(db: Db, since: Date): Promise<boolean> {
  const found = await db.rows(
    Last,
    sql`select id from retention_runs where started_at > ${since}::timestamptz and not gone ? ${OF_ARCHIVE} limit 1`,
  );
  return found.length > 0;
}

export async function beginRun(db: Db, startedAt: Date, gone: Record<string, number> = {}): Promise<string> {
  const id = newId();
  await db.orm.retentionRun.create({ data: { id, startedAt, gone } });
  return id;
}

export interface RunSoFar {
  gone: Readonly<Record<string, number>>;
  wholeSince?: Date | null;
  knownSince?: Date | null;
  endedAt?: Date;
  error?: string;
}

export async function saveRun(db: Db, id: string, { gone, ...said }: RunSoFar): Promise<void> {
  await db.orm.retentionRun.update({ where: { id }, data: { ...said, gone: { ...gone } } });
}

export const listRules = ({ orm }: Db) => orm.retentionRule.findMany({ orderBy: [{ kind: "asc" }, { source: "asc" }] });
export const listHolds = ({ orm }: Db) =>
  orm.legalHold.findMany({ where: { releasedAt: null }, orderBy: { at: "desc" } });
export const listRuns = ({ orm }: Db, most: number) =>
  orm.retentionRun.findMany({ orderBy: { startedAt: "desc" }, take: most });
