import type { Db } from "../db/client.ts";
import { PopState } from "../db/generated/enums.ts";
import { either, flag, instant, int, list, loose, nothing, type RowOf, row, text, uuid, word } from "../db/row.ts";
import { type Sql, sql } from "../db/sql.ts";
import { popStream } from "../facts/live.ts";
import type { PopRow } from "./pop.type.ts";

const StreamHead = row({ name: text, seq: int });

/** The number of the last message of each stream; a stream without messages is left out. */
export async function findHeads(db: Db, streams: readonly string[]): Promise<RowOf<typeof StreamHead>[]> {
  return db.hot("live.heads").rows(StreamHead, sql`select name, seq from streams where name = any(${streams}::text[])`);
}

const COLUMNS = sql`
  p.id, p.call_id as "callId", p.agent_id as "agentId", p.announced_at as "announcedAt",
  p.acknowledged_at as "acknowledgedAt", c.source, c.source_id as "sourceId", c.identity_ids as "identityIds",
  c.is_withheld as "isWithheld", c.dialled_number as "dialledNumber", c.call_reason as "callReason",
  c.ringing_at as "ringingAt", clock_timestamp() as "sentAt"
`;
const Pop = row({
  id: uuid,
  callId: uuid,
  agentId: text,
  announcedAt: instant,
  acknowledgedAt: instant.nullable(),
  source: text,
  sourceId: text,
  identityIds: list(uuid),
  isWithheld: flag,
  dialledNumber: text.nullable(),
  callReason: text.nullable(),
  ringingAt: instant,
  sentAt: instant,
  seq: int,
  state: word(PopState),
});

/** The most messages of one read. */
export const MESSAGES_AT_ONCE = 100;

/** The messages to an agent's screen after a number, in order. */
export async function findMessages(db: Db, agentId: string, after: number): Promise<PopRow[]> {
  return db.hot("live.messages").rows(
    Pop,
    sql`
      select ${COLUMNS}, o.seq, o.payload ->> 'state' as state
      from outbox o
      join pops p on p.id = (o.payload ->> 'popId')::uuid
      join calls c on c.id = p.call_id
      where o.stream = ${popStream(agentId)} and o.seq > ${after}::bigint and o.topic = 'pop'
      order by o.seq
      limit ${MESSAGES_AT_ONCE}
    `,
  );
}

/** The head of a stream, with a pop that rings or, where none does, alone. */
const Ringing = either([Pop.extend({ head: int }), loose({ head: int, id: nothing })]);

/** The pops that ring on an agent's screen and the head of its stream, both of one instant. */
export async function findRinging(db: Db, agentId: string): Promise<{ head: number; pops: PopRow[] }> {
  const rows = await db.rows(
    Ringing,
    sql`
      select h.seq as head, r.*
      from (select coalesce(max(s.seq), 0) as seq from streams s where s.name = ${popStream(agentId)}) h
      left join (
        select ${COLUMNS}, p.seq, p.state
        from pops p
        join calls c on c.id = p.call_id
        where p.agent_id = ${agentId} and p.state = 'RINGING' and p.expires_at > clock_timestamp()
      ) r on true
      order by r.seq
    `,
  );
  return { head: rows[0]!.head, pops: rows.filter((row) => row.id !== null) };
}

const PopSoFar = Pop.extend({ closedAt: instant.nullable() });

/** Pops by id, as they are now. */
export async function findPops(db: Db, ids: readonly string[]): Promise<PopRow[]> {
  return db.rows(PopSoFar, popsWhere(sql`p.id = any(${ids}::uuid[])`));
}

/** All screens on which these calls rang, in order. */
export async function findPopsOfCalls(db: Db, callIds: readonly string[]): Promise<PopRow[]> {
  return db.rows(PopSoFar, popsWhere(sql`p.call_id = any(${callIds}::uuid[])`));
}

function popsWhere(condition: Sql): Sql {
  return sql`
    select ${COLUMNS}, p.seq, p.state, p.closed_at as "closedAt"
    from pops p
    join calls c on c.id = p.call_id
    where ${condition}
    order by p.announced_at, p.id
  `;
}
