import type { Db } from "../db/client.ts";
import { IdentityKind, VerdictKind } from "../db/generated/enums.ts";
import { flag, Id, instant, int, list, type RowOf, row, text, uuid, word } from "../db/row.ts";
import { type Sql, sql } from "../db/sql.ts";
import { GUESTS } from "../facts/guests.sql.ts";
import type { Verdict } from "../facts/identity.ts";
import { DEFAULT_RANK } from "../facts/rules.ts";
import { groupBy } from "../kit/group.ts";
import { StoredPair } from "./evidence.repository.ts";
import { type Link, type Pair, SAMPLE, STITCHING_LIMITS, type Turn } from "./evidence.ts";
import { heardOf } from "./known.repository.ts";

const columns = {
  subject: uuid,
  identity: uuid,
  first: instant,
  last: instant,
  rank: int,
  source: text,
  isGuest: flag,
};
const StoredLink = row(columns);

/** The links in which one of these ANCHOR or PERSONAL identities is the subject or the other identity. */
export async function findLinks(db: Db, ids: readonly string[]): Promise<Link[]> {
  if (ids.length === 0) return [];
  const columns = sql`select s.subject_id, s.identity_id, s.at, s.source`;
  return db.hot("sightings.links").rows(
    StoredLink,
    sql`
      select distinct on (s.subject_id, s.identity_id)
        s.subject_id as subject, s.identity_id as identity, min(s.at) as first, max(s.at) as last,
        min(coalesce(r.rank, ${DEFAULT_RANK}::int))::int as rank,
        (array_agg(s.source order by coalesce(r.rank, ${DEFAULT_RANK}::int), s.at desc, s.source collate "C"))[1] as source,
        not coalesce(r.joins, true) as "isGuest"
      from (
        ${columns} from ${shownBy("subject_id", ids)} union ${columns} from ${shownBy("identity_id", ids)}
      ) s
      cross join lateral (${personAt("subject_id")}) a
      cross join lateral (${personAt("identity_id")}) b
      left join sources r on r.name = s.source
      group by s.subject_id, s.identity_id, not coalesce(r.joins, true)
      -- What may join is heard alone.
      order by s.subject_id, s.identity_id, not coalesce(r.joins, true)
    `,
  );
}

/** The verdicts in force that name one of these identities. */
const StoredVerdict = row({ id: uuid, kind: word(VerdictKind), left: list(uuid), right: list(uuid), at: instant });

export async function findVerdicts(db: Db, ids: readonly string[]): Promise<Verdict[]> {
  if (ids.length === 0) return [];
  return db.hot("verdicts.naming").rows(
    StoredVerdict,
    sql`
      select id, kind, left_ids as left, right_ids as right, decided_at as at
      from verdicts
      where withdrawn_at is null and (left_ids && ${ids}::uuid[] or right_ids && ${ids}::uuid[])
    `,
  );
}

/**
 * The turns of these carriers: their sightings in order of time, where sightings in a row with one subject become one
 * turn. With a subject in `unfolded` every sighting is a turn, since its owner changes over time. Of a public carrier
 * only the earliest sightings are read, which is enough to see that it is public.
 */
export async function findTurns(db: Db, carriers: readonly string[], unfolded: readonly string[]): Promise<Turn[]> {
  const first = await readTurns(db, carriers, { unfolded, most: SAMPLE.turns });
  const unclear = [...groupBy(first, ({ carrier }) => carrier)].filter(([, turns]) => isUnclear(turns));
  if (unclear.length === 0) return first;
  const again = new Set(unclear.map(([carrier]) => carrier));
  const rest = await readTurns(db, [...again], { unfolded, most: null });
  return [...first.filter(({ carrier }) => !again.has(carrier)), ...rest];
}

/** A turn, and how many sightings of the carrier were read. */
const SeenTurn = row({ carrier: uuid, subject: uuid, at: instant, read: int });
type SeenTurn = RowOf<typeof SeenTurn>;

function isUnclear(turns: readonly SeenTurn[]): boolean {
  return turns[0]!.read === SAMPLE.turns && subjectsOf(turns).size <= STITCHING_LIMITS.publicAbove;
}

function subjectsOf(turns: readonly Turn[]): Set<string> {
  return new Set(turns.map(({ subject }) => subject));
}

interface Reading {
  unfolded: readonly string[];
  /** The most sightings to read of one carrier, the earliest; null reads all. */
  most: number | null;
}

async function readTurns(db: Db, carriers: readonly string[], { unfolded, most }: Reading): Promise<SeenTurn[]> {
  if (carriers.length === 0) return [];
  return db.hot("sightings.turns").rows(
    SeenTurn,
    sql`
      select carrier, subject, at, read
      from (
        select
          s.identity_id as carrier, s.subject_id as subject, s.at, s.record_id, s.read,
          lag(s.subject_id) over (partition by s.identity_id order by s.at, s.record_id) as previous
        from unnest(${carriers}::uuid[]) as k (id)
        cross join lateral (${earliest(sql`'ANCHOR', 'PERSONAL'`, most)}) s
      ) s
      where previous is distinct from subject or subject = any(${unfolded}::uuid[])
      order by carrier, at, record_id
    `,
  );
}

/**
 * The earliest sightings of the identity `k.id` with a subject of these kinds that count, and how many of them were
 * read.
 */
function earliest(kinds: Sql, most: number | null): Sql {
  return sql`
    select s.*, count(*) over () as read
    from (
      select s.*, i.namespace
      from sightings s
      cross join lateral (
        select i.namespace from identities i where i.id = s.subject_id and i.kind in (${kinds}) offset 0
      ) i
      where s.identity_id = k.id
      and ${heardOf(kinds)}
      order by s.at, s.subject_id, s.record_id
      limit ${most}::int
    ) s
  `;
}

/** A link of the identity `id`; `namespace` and `kind` are those of its other end. */
const Company = row({ ...columns, id: uuid, namespace: text, kind: word(IdentityKind) });
export type Company = RowOf<typeof Company>;

/**
 * For each of these persons that was seen with others so often that the sample is full: the links in the sample, the earliest
 * of either side.
 */
export async function findCompany(db: Db, ids: readonly string[]): Promise<Company[]> {
  if (ids.length === 0) return [];
  return db.hot("sightings.company").rows(
    Company,
    sql`
      select
        k.id, s.subject_id as subject, s.identity_id as identity, s.namespace, s.kind, min(s.at) as first,
        max(s.at) as last, ${DEFAULT_RANK}::int as rank, min(s.source collate "C") as source, false as "isGuest"
      from unnest(${ids}::uuid[]) as k (id)
      cross join lateral (${seenWith("identity_id", "subject_id")} union all ${seenWith("subject_id", "identity_id")}) s
      where s.read = ${SAMPLE.company}::int
      group by k.id, s.subject_id, s.identity_id, s.namespace, s.kind
      order by k.id, s.subject_id, s.identity_id
    `,
  );
}

/** The earliest sightings of `k.id` on one side with a person on the other, and how many of them were read. */
function seenWith(own: Side, other: Side): Sql {
  return sql`
    (
      select s.*, count(*) over () as read
      from (
        select s.subject_id, s.identity_id, s.at, s.source, i.namespace, i.kind
        from sightings s
        cross join lateral (
          select i.namespace, i.kind
          from identities i
          where i.id = s.${COLUMNS[other]} and i.kind in ('ANCHOR', 'PERSONAL')
          offset 0
        ) i
        where s.${COLUMNS[own]} = k.id and s.source <> all(${GUESTS})
        order by s.at, s.subject_id, s.identity_id, s.record_id
        limit ${SAMPLE.company}::int
      ) s
    )
  `;
}

/** The carriers, or the persons, that were seen with these subjects. */
export async function findSighted(
  db: Db,
  subjects: readonly string[],
  kinds: readonly ("CARRIER" | "ANCHOR" | "PERSONAL")[],
): Promise<string[]> {
  if (subjects.length === 0) return [];
  const rows = await db.hot("sightings.with").rows(
    Id,
    sql`
      select distinct s.identity_id as id
      from ${shownBy("subject_id", subjects)}
      cross join lateral (
        select from identities i where i.id = s.identity_id and i.kind = any(${kinds}::identity_kind[]) offset 0
      ) i
    `,
  );
  return rows.map(({ id }) => id);
}

/** The persons among these that were seen with more ANCHOR or PERSONAL subjects than one person has. */
export async function findUsedByMany(db: Db, persons: readonly string[]): Promise<string[]> {
  const held = groupBy(await findTurns(db, persons, []), ({ carrier }) => carrier);
  return [...held].filter(([, turns]) => subjectsOf(turns).size > STITCHING_LIMITS.publicAbove).map(([id]) => id);
}

/** Pairs of carriers that were on one record, one of them as its subject, where either is one of these. */
export async function findTogether(db: Db, carriers: readonly string[]): Promise<Pair[]> {
  if (carriers.length === 0) return [];
  return db.hot("sightings.together").rows(
    StoredPair,
    sql`
      select distinct s.subject_id as subject, s.identity_id as identity
      from ${shownBy("subject_id", carriers)}
      cross join lateral (select from identities i where i.id = s.identity_id and i.kind = 'CARRIER' offset 0) i
      union
      select distinct s.subject_id, s.identity_id
      from ${shownBy("identity_id", carriers)}
      cross join lateral (select from identities i where i.id = s.subject_id and i.kind = 'CARRIER' offset 0) i
    `,
  );
}

type Side = "subject_id" | "identity_id";

/**
 * The sightings that have one of these ids on one side. `offset 0` forces an index look-up for each id: otherwise a
 * plan made over empty tables would go on scanning them once they are full.
 */
function shownBy(side: Side, ids: readonly string[]): Sql {
  return sql`
    unnest(${ids}::uuid[]) as k (id)
    cross join lateral (select * from sightings s where s.${COLUMNS[side]} = k.id offset 0) s
  `;
}

function personAt(side: Side): Sql {
  return sql`
    select from identities i where i.id = s.${COLUMNS[side]} and i.kind in ('ANCHOR', 'PERSONAL') offset 0
  `;
}

const COLUMNS = { subject_id: sql`subject_id`, identity_id: sql`identity_id` };
