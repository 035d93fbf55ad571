import type { Db } from "../../db/client.ts";
import { int, row, text } from "../../db/row.ts";
import { sql } from "../../db/sql.ts";
import type { PopState } from "../../facts/live.ts";
import { LIVE_CHANNEL, popStream } from "../../facts/live.ts";

/** What an agent's screen is told about one pop. */
export interface PopMessage {
  agentId: string;
  popId: string;
  state: PopState;
}

const StreamHead = row({ name: text, seq: int });

/**
 * Puts messages into their agents' streams and answers the number of each. A stream's row stays locked until the
 * transaction ends, so commit order is number order: a reader who saw a number has seen all before it. Streams are
 * locked in the order of their names, so that two writers never wait for each other.
 */
export async function postMessages(tx: Db, messages: readonly PopMessage[]): Promise<number[]> {
  if (messages.length === 0) return [];
  const streams = messages.map(({ agentId }) => popStream(agentId));
  const heads = await tx.rows(
    StreamHead,
    sql`
      insert into streams as s (name, seq)
      select m.name, count(*) from unnest(${streams}::text[]) as m (name) group by m.name order by m.name
      on conflict (name) do update set seq = s.seq + excluded.seq
      returning name, seq
    `,
  );
  const left = new Map(heads.map(({ name, seq }) => [name, seq]));
  const numbers: number[] = [];
  // Counted down from the head, so that the last message of a stream has its number.
  for (const position of messages.keys()) {
    const at = messages.length - 1 - position;
    const stream = streams[at]!;
    numbers[at] = left.get(stream)!;
    left.set(stream, numbers[at] - 1);
  }
  await tx.run(sql`
    insert into outbox (stream, seq, topic, payload, created_at)
    select m.stream, m.seq, 'pop', jsonb_build_object('popId', m.pop_id, 'state', m.state), clock_timestamp()
    from unnest(
      ${streams}::text[],
      ${numbers}::bigint[],
      ${messages.map(({ popId }) => popId)}::uuid[],
      ${messages.map(({ state }) => state)}::text[]
    ) as m (stream, seq, pop_id, state)
  `);
  // A hint only: PostgreSQL folds equal ones of a transaction into one, and readers look for themselves.
  await tx.run(sql`select pg_notify(${LIVE_CHANNEL}, '')`);
  return numbers;
}

/** Forgets messages that nobody will ask for again, and the calls and pops that they spoke of a week later. */
export async function forgetMessages(db: Db): Promise<void> {
  await db.run(sql`delete from outbox where created_at < now() - interval '24 hours'`);
  await db.run(sql`
    with gone as (
      delete from calls c
      where c.announced_at < now() - interval '7 days'
      and not exists (select from pops p where p.call_id = c.id and p.state = 'RINGING')
      returning c.id
    )
    delete from pops p using gone where p.call_id = gone.id
  `);
}
