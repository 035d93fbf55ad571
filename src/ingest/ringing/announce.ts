import type { Database, Db } from "../../db/client.ts";
import { withRetries } from "../../db/retry.ts";
import type { Rules } from "../../facts/rules.ts";
import { isOneAgents, maySource, type RecordWriter } from "../../facts/writer.ts";
import { AppError } from "../../kit/errors.ts";
import { isId } from "../../kit/page.ts";
import { type Announcement, callOf, readAnnouncement } from "./announcement.ts";
import { forgetMessages, type PopMessage, postMessages } from "./outbox.repository.ts";
import {
  acknowledge,
  closePops,
  endCalls,
  expirePops,
  findLastPop,
  findPop,
  insertCall,
  isLogged,
  lockCall,
  ringAt,
} from "./pops.repository.ts";

/** A call and the pop that it rings on, where there is one. */
interface Announced {
  callId: string;
  popId: string | null;
}

/** Rings, moves and ends calls on agents' screens. Expected faults are thrown as AppErrors. */
export interface Announcer {
  /** Rings an agent. The same call announced again rings nobody. */
  announce(announcement: unknown, writer: RecordWriter): Promise<Announced>;
  /** Takes a call off one screen and rings another. */
  transfer(callId: string, agentId: string, writer: RecordWriter): Promise<Announced>;
  end(callId: string, writer: RecordWriter): Promise<Announced>;
  /** `isTheirs` says whose pops may be taken up. */
  acknowledge(popId: string, isTheirs: (agentId: string) => boolean): Promise<Announced>;
  /** What time does: pops expire, and what nobody will ask for again is forgotten. */
  housekeep(): Promise<void>;
}

export interface AnnouncerDeps {
  database: Database;
  identityKey: Uint8Array;
  rules(): Rules;
}

/** A pop that nobody takes up leaves the screen: no telephone rings for longer. */
const RINGS_FOR_SECONDS = 600;
/** One that was taken up stays for as long as a call may last, should nobody say that it ended. */
const LASTS_FOR_SECONDS = 43_200;

export function openAnnouncer(deps: AnnouncerDeps): Announcer {
  const { database } = deps;
  // Two transfers between the same screens may wait for each other: the one that PostgreSQL stops goes again.
  const inTransaction = <Answer>(work: (tx: Db) => Promise<Answer>) => withRetries(() => database.transaction(work));
  return {
    announce: async (body, writer) => announce(deps, readAnnouncement(body), writer),
    transfer: (callId, agentId, writer) =>
      inTransaction((tx) => transfer(tx, { callId: idOf(callId, "callId"), agentId: agentId.trim() }, writer)),
    end: (callId, writer) => inTransaction((tx) => end(tx, idOf(callId, "callId"), writer)),
    acknowledge: (popId, isTheirs) => inTransaction((tx) => takeUp(tx, idOf(popId, "popId"), isTheirs)),
    async housekeep() {
      await expirePops(database);
      await forgetMessages(database);
    },
  };
}

/** Ends calls that were announced; answers what the screens that they ring on are to be told. Most calls never were. */
export async function takeOffScreens(tx: Db, callIds: readonly string[]): Promise<PopMessage[]> {
  const ended = await endCalls(tx, callIds);
  return ended.length > 0 ? closePops(tx, ended, "ENDED") : [];
}

function idOf(id: string, field: string): string {
  if (isId(id)) return id.toLowerCase();
  throw new AppError("NOT_FOUND", "Nothing has this id: send it as it was given.", [field]);
}

async function announce(
  { database, rules, identityKey }: AnnouncerDeps,
  said: Announcement,
  writer: RecordWriter,
): Promise<Announced> {
  checkCall(writer, said, ["input", "source"]);
  const call = callOf(said, { rules: rules(), identityKey, now: new Date() });
  return withRetries(() =>
    database.transaction(async (tx) => {
      if (!(await insertCall(tx, call))) {
        return { callId: call.id, popId: (await findLastPop(tx, call.id))?.id ?? null };
      }
      if (await isLogged(tx, call.id)) {
        throw new AppError("CONFLICT", "This call was logged before, so it is over: announce calls as they ring.", [
          "input",
          "sourceId",
        ]);
      }
      return { callId: call.id, popId: await ringFor(tx, call.id, said.agentId) };
    }),
  );
}

function ringFor(tx: Db, callId: string, agentId: string): Promise<string> {
  return ringAt(tx, { callId, agentId, seconds: RINGS_FOR_SECONDS });
}

interface Transfer {
  callId: string;
  agentId: string;
}

async function transfer(tx: Db, { callId, agentId }: Transfer, writer: RecordWriter): Promise<Announced> {
  if (!agentId || agentId.length > 256)
    throw new AppError("BAD_INPUT", "Name the agent who gets the call.", ["agentId"]);
  const call = await lockCall(tx, callId);
  if (!call) throw unheardOf();
  const last = await findLastPop(tx, callId);
  checkCall(writer, { source: call.source, agentId: last?.agentId ?? null }, ["callId"]);
  if (call.endedAt) throw new AppError("CONFLICT", "The call has ended: there is nothing to pass on.", ["callId"]);
  if (last?.state === "RINGING" && last.agentId === agentId) return { callId, popId: last.id };
  await postMessages(tx, await closePops(tx, [callId], "TRANSFERRED_AWAY"));
  return { callId, popId: await ringFor(tx, callId, agentId) };
}

async function end(tx: Db, callId: string, writer: RecordWriter): Promise<Announced> {
  const call = await lockCall(tx, callId);
  if (!call) throw unheardOf();
  const last = await findLastPop(tx, callId);
  checkCall(writer, { source: call.source, agentId: last?.agentId ?? null }, ["callId"]);
  await postMessages(tx, await takeOffScreens(tx, [callId]));
  return { callId, popId: last?.id ?? null };
}

/** FORBIDDEN where the call is of a source that the key may not write as, or on another's screen than the key's agent. */
function checkCall(
  writer: RecordWriter,
  call: { source: string; agentId: string | null },
  path: readonly string[],
): void {
  if (!maySource(writer.sources, call.source)) throw new AppError("FORBIDDEN", SOURCE, path);
  if (isOneAgents(writer) && call.agentId !== writer.agentId) throw new AppError("FORBIDDEN", SCREEN, path);
}

const SOURCE =
  "This key may not write as the call's source: ask for a key that has it among its sources (`viewer { sources }`).";
const SCREEN = "This key may only ring, move and end calls on its own agent's screen: ask for one without an agent id.";

async function takeUp(tx: Db, popId: string, isTheirs: (agentId: string) => boolean): Promise<Announced> {
  const pop = await findPop(tx, popId);
  // Somebody else's pop is not said to exist.
  if (!pop || !isTheirs(pop.agentId)) throw new AppError("NOT_FOUND", "No pop of yours has this id.", ["popId"]);
  const taken = await acknowledge(tx, popId, LASTS_FOR_SECONDS);
  if (!taken) throw new AppError("CONFLICT", "The pop is over: it was transferred, ended or expired.", ["popId"]);
  return { callId: taken.callId, popId };
}

function unheardOf(): AppError {
  return new AppError("NOT_FOUND", "No call was announced under this id.", ["callId"]);
}
