import { flag, instant, int, json, list, row, text, uuid } from "../db/row.ts";
import type { Snapshot } from "../db/snapshot.ts";
import { sql } from "../db/sql.ts";
import { CLOSED_MONTHS } from "../facts/archive.sql.ts";
import { DEFAULT_RANK } from "../facts/rules.ts";
import { canFollow, type Look, type Seen } from "./changes.ts";
import { snapshotNumber } from "./floor.repository.ts";

/** What has changed since a look. */
interface Changes {
  /** For the next look. */
  seen: Seen;
  /** The customers whose rows may differ, or that all may. */
  changed: ReadonlySet<string> | "EVERYTHING";
  /** Entries of the dictionary that were erased. */
  erasedTexts: readonly bigint[];
}

/** Reads what has changed between the last look and this snapshot; whatever else is read of the snapshot belongs to `seen`. */
export async function readChanges(snapshot: Snapshot, last: Seen | null): Promise<Changes> {
  const look = await lookAt(snapshot);
  const { floor: _, ...seen } = look;
  if (!canFollow(last, look)) return { seen, changed: "EVERYTHING", erasedTexts: [] };
  const { isEverything, customers, texts } = await findUnseen(snapshot, last);
  return { seen, changed: isEverything ? "EVERYTHING" : new Set(customers), erasedTexts: texts.map(BigInt) };
}

const LookRow = row({
  server: text,
  snapshot: text,
  stored: int,
  floor: int,
  at: instant,
  wholeSince: instant.nullable(),
  knownSince: instant.nullable(),
  archived: json<{ month: string; from: string; to: string }[]>(),
});

/**
 * The server is told by its cluster, history and database, by whether it is a standby, by its start, and by when its
 * statistics began: they begin anew after a crash, which may give ids of transactions that left no trace to others.
 * How far sources are believed, whose orders they tell of and which consent reports ask for are among its settings: nothing
 * records who changes those, and every customer may follow.
 */
async function lookAt(snapshot: Snapshot): Promise<Look> {
  const [look] = await snapshot.rows(
    LookRow,
    sql`
      select
        concat_ws(
          ' ', (select system_identifier from pg_control_system()), (select timeline_id from pg_control_checkpoint()),
          (select oid from pg_database where datname = current_database()), pg_is_in_recovery(),
          pg_postmaster_start_time(), (select stats_reset from pg_stat_bgwriter),
          (
            select md5(string_agg(quote_literal(name) || rank || quote_nullable(transaction_issuer), ' ' order by name collate "C"))
            from sources
            where rank <> ${DEFAULT_RANK}::int or transaction_issuer is not null
          ),
          (select purpose from consent_uses where use = 'REPORTS')
        ) as server,
                pg_current_snapshot()::text as snapshot,
                -- The end of its millisecond, so that nothing that was seen came after it.
        date_trunc(
          'milliseconds',
          case when pg_is_in_recovery() then coalesce(pg_last_xact_replay_timestamp(), clock_timestamp()) else clock_timestamp() end
        ) + interval '1 millisecond' as at,
        (select max(whole_since) from retention_runs) as "wholeSince",
        (select max(known_since) from retention_runs) as "knownSince",
        (
          select coalesce(
            jsonb_agg(jsonb_build_object('month', m.month, 'from', m.starts_at, 'to', m.ends_at) order by m.month), '[]'
          )
          from ${CLOSED_MONTHS}
          where m.archived_at is not null
        ) as archived,
        coalesce(max(${snapshotNumber(sql`s.snapshot`)}), 0) as stored,
        coalesce(max(${snapshotNumber(sql`s.snapshot`)}) filter (where s.is_floor), 0) as floor
      from change_snapshots s
    `,
  );
  const archived = look!.archived.map(({ month, from, to }) => ({ month, from: new Date(from), to: new Date(to) }));
  return { ...look!, archived };
}

const UnseenRow = row({ isEverything: flag, customers: list(uuid), texts: list(text) });

/**
 * What was known at an instant is the same as at a look after it, unless a transaction that began before the instant has ended
 * since, or somebody was erased: null then, else this look.
 */
export async function lookUnchanged(snapshot: Snapshot, last: Seen, at: Date): Promise<Seen | null> {
  const look = await lookAt(snapshot);
  if (!canFollow(last, look)) return null;
  const [found] = await snapshot.rows(
    Late,
    sql`
      select exists (
        select from customer_changes c
        where ${isUnseen(last.snapshot)} and (c.at <= ${at}::timestamptz or cardinality(c.texts) > 0)
      ) as "isLate"
    `,
  );
  const { floor: _, ...seen } = look;
  return found!.isLate ? null : seen;
}

const Late = row({ isLate: flag });

/**
 * On a standby a snapshot lists no open transactions, and seems to see those that are: there, every change since the
 * oldest of them is read again.
 */
const isUnseen = (snapshot: string) => sql`
  c.xid >= pg_snapshot_xmin(${snapshot}::pg_snapshot)
  and (pg_is_in_recovery() or not pg_visible_in_snapshot(c.xid, ${snapshot}::pg_snapshot))
`;

/**
 * Beside the customers who are named, whoever has a moment of a visit that one of theirs has too. Such a visit begins where
 * the earliest of them has it begin, and two batches that bring a part each do not see each other. The moments of a subject
 * are read once, not once a visit: no index finds those of one visit.
 */
async function findUnseen(now: Snapshot, { snapshot }: Seen) {
  const [unseen] = await now.rows(
    UnseenRow,
    sql`
      with unseen as materialized (select c.customers, c.texts from customer_changes c where ${isUnseen(snapshot)}),
      named as materialized (select distinct c.id from unseen u cross join lateral unnest(u.customers) as c (id)),
      sharing as materialized (
        select o.subject_id, o.id
        from named n
        join interactions v on v.customer_id = n.id
        join interactions o on o.id = v.id and o.subject_id <> v.subject_id
      ),
      moments as materialized (
        select t.subject_id, t.interaction_id, t.customer_id
        from (select distinct subject_id from sharing) o
        join touchpoints t on t.subject_id = o.subject_id
      )
      select
        exists (select from unseen where customers is null) as "isEverything",
        array(
          select id from named
          union
          select t.customer_id from sharing o join moments t on t.subject_id = o.subject_id and t.interaction_id = o.id
        ) as customers,
        array(select distinct t.id::text from unseen u cross join lateral unnest(u.texts) as t (id)) as texts
    `,
  );
  return unseen!;
}
