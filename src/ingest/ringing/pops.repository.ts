import type { Db } from "../../db/client.ts";
import { PopState } from "../../db/generated/enums.ts";
import { Id, instant, type RowOf, row, text, uuid, word } from "../../db/row.ts";
import { sql } from "../../db/sql.ts";
import { newId } from "../../kit/id.ts";
import { type PopMessage, postMessages } from "./outbox.repository.ts";

/** A call as it is announced. */
export interface NewCall {
  id: string;
  source: string;
  sourceId: string;
  identityIds: readonly string[];
  isWithheld: boolean;
  dialledNumber: string | null;
  callReason: string | null;
  ringingAt: Date;
}

/** Stores the announcement; false when the call was announced before. */
export async function insertCall(tx: Db, call: NewCall): Promise<boolean> {
  const inserted = await tx.run(sql`
    insert into calls (
      id, source, source_id, identity_ids, is_withheld, dialled_number, call_reason, ringing_at, announced_at
    )
    values (
      ${call.id}::uuid, ${call.source}, ${call.sourceId}, ${[...call.identityIds]}::uuid[], ${call.isWithheld},
      ${call.dialledNumber}, ${call.callReason}, ${call.ringingAt}, clock_timestamp()
    )
    on conflict (id) do nothing
  `);
  return inserted > 0;
}

/** Whether the call was logged, which ends it. */
export async function isLogged(tx: Db, callId: string): Promise<boolean> {
  return (await tx.run(sql`select from ingest_keys where id = ${callId}::uuid`)) > 0;
}

const StoredCall = row({ source: text, endedAt: instant.nullable() });
export type StoredCall = RowOf<typeof StoredCall>;

/** The call, locked until the transaction ends; null when nobody announced it. */
export async function lockCall(tx: Db, callId: string): Promise<StoredCall | null> {
  const [call] = await tx.rows(
    StoredCall,
    sql`
      select source, ended_at as "endedAt" from calls where id = ${callId}::uuid for update
    `,
  );
  return call ?? null;
}

const StoredPop = row({ id: uuid, agentId: text, state: word(PopState) });
export type StoredPop = RowOf<typeof StoredPop>;
const PopOfCall = StoredPop.extend({ callId: uuid });
type PopOfCall = RowOf<typeof PopOfCall>;

/** The newest pop of a call. */
export async function findLastPop(tx: Db, callId: string): Promise<StoredPop | null> {
  const [pop] = await tx.rows(
    StoredPop,
    sql`
      select id, agent_id as "agentId", state
      from pops
      where call_id = ${callId}::uuid
      order by announced_at desc, id desc
      limit 1
    `,
  );
  return pop ?? null;
}

/** Lets a call ring on an agent's screen; answers the pop's id. */
export async function ringAt(tx: Db, ring: { callId: string; agentId: string; seconds: number }): Promise<string> {
  const id = newId();
  const [seq] = await postMessages(tx, [{ agentId: ring.agentId, popId: id, state: "RINGING" }]);
  await tx.run(sql`
    insert into pops (id, call_id, agent_id, state, seq, announced_at, expires_at)
    select
      ${id}::uuid, ${ring.callId}::uuid, ${ring.agentId}, 'RINGING', ${seq}::bigint, n.at,
      n.at + make_interval(secs => ${ring.seconds}::float8)
    from (select clock_timestamp() as at) n
  `);
  return id;
}

type Closing = "TRANSFERRED_AWAY" | "ENDED";

const ClosedPop = row({ id: uuid, agentId: text });

/** Closes the pops of calls that ring; answers what their screens are to be told. */
export async function closePops(tx: Db, callIds: readonly string[], state: Closing): Promise<PopMessage[]> {
  const closed = await tx.rows(
    ClosedPop,
    sql`
      update pops p
      set state = ${state}::pop_state, closed_at = clock_timestamp()
      where p.id in (
        select r.id from pops r where r.call_id = any(${callIds}::uuid[]) and r.state = 'RINGING' order by r.id for update
      )
      returning p.id, p.agent_id as "agentId"
    `,
  );
  return closed.map(({ id, agentId }) => ({ popId: id, agentId, state }));
}

/** Ends the calls that had been announced and had not ended; answers which. */
export async function endCalls(tx: Db, callIds: readonly string[]): Promise<string[]> {
  const ended = await tx.hot("calls.end").rows(
    Id,
    sql`
      update calls c
      set ended_at = clock_timestamp()
      where c.id in (
        select o.id from calls o where o.id = any(${callIds}::uuid[]) and o.ended_at is null order by o.id for update
      )
      returning c.id
    `,
  );
  return ended.map(({ id }) => id);
}

/** Notes that an agent has taken the pop up, which keeps it for as long as a call may last; null when it rings nowhere. */
export async function acknowledge(tx: Db, popId: string, seconds: number): Promise<PopOfCall | null> {
  const [pop] = await tx.rows(
    PopOfCall,
    sql`
      update pops
      set
        acknowledged_at = coalesce(acknowledged_at, clock_timestamp()),
        expires_at = clock_timestamp() + make_interval(secs => ${seconds}::float8)
      where id = ${popId}::uuid and state = 'RINGING'
      returning id, agent_id as "agentId", state, call_id as "callId"
    `,
  );
  return pop ?? null;
}

/** A pop by its id. */
export async function findPop(tx: Db, popId: string): Promise<PopOfCall | null> {
  const [pop] = await tx.rows(
    PopOfCall,
    sql`
      select id, agent_id as "agentId", state, call_id as "callId" from pops where id = ${popId}::uuid
    `,
  );
  return pop ?? null;
}

const ExpiredPop = StoredPop.extend({ state: word(["EXPIRED", "ENDED"]) });

/** Pops that expire at once; another instance's share is skipped, not waited for. */
const AT_ONCE = 500;

/**
 * Takes pops off the screens that nobody took up in time, and those of calls that were logged at the very moment they
 * were announced. Answers how many.
 */
export async function expirePops(db: Db): Promise<number> {
  return db.transaction(async (tx) => {
    const gone = await tx.rows(
      ExpiredPop,
      sql`
        update pops p
        set state = d.state, closed_at = clock_timestamp()
        from (
          select r.id, case when r.expires_at > clock_timestamp() then 'ENDED' else 'EXPIRED' end::pop_state as state
          from pops r
          where r.state = 'RINGING'
          and (
            r.expires_at <= clock_timestamp()
            or exists (select from ingest_keys k where k.id = r.call_id)
          )
          order by r.id
          limit ${AT_ONCE}
          for update skip locked
        ) d
        where p.id = d.id
        returning p.id, p.agent_id as "agentId", p.state
      `,
    );
    await postMessages(
      tx,
      gone.map(({ id, agentId, state }) => ({ popId: id, agentId, state })),
    );
    return gone.length;
  });
}
