import { readdirSync, readFileSync } from "node:fs";
import type { Database } from "../src/db/client.ts";
import { int, row } from "../src/db/row.ts";
import { sql } from "../src/db/sql.ts";
import type { Served } from "./serve.ts";

/** Milliseconds of the processor: of a server's process with all its threads, and of all processes of PostgreSQL. */
export interface Spent {
  server: number;
  postgres: number;
}

/** The clock of `/proc`, which is the same on every Linux that Node runs on. */
const TICK_MS = 10;
const Backend = row({ pid: int });

/**
 * What a server and the database have taken of the processor so far, by `/proc`: other work on the machine slows answers,
 * but hardly changes what they cost. Of PostgreSQL somewhere else, and without `/proc`, it is NaN.
 */
export async function spentBy({ pid }: Pick<Served, "pid">, db: Database): Promise<Spent> {
  const [backend] = await db.rows(Backend, sql`select pg_backend_pid() as pid`);
  const postmaster = statOf(backend!.pid)?.parent;
  return { server: msOfTree(pid), postgres: postmaster ? msOfTree(postmaster) : Number.NaN };
}

/** What was spent between two looks, a request. */
export function spentEach(before: Spent, after: Spent, requests: number): Spent {
  return { server: (after.server - before.server) / requests, postgres: (after.postgres - before.postgres) / requests };
}

export function spentInWords({ server, postgres }: Spent): string {
  return `${server.toFixed(2)} ms of the server's processor each and ${postgres.toFixed(2)} ms of PostgreSQL's`;
}

/** A process, its children that live and those that ended. */
function msOfTree(pid: number): number {
  const children = processes().filter((one) => one.parent === pid);
  const root = statOf(pid);
  return children.reduce((sum, { ms }) => sum + ms, (root?.ms ?? Number.NaN) + (root?.endedMs ?? 0));
}

function processes() {
  const ids = readdirSync("/proc").filter((name) => /^\d+$/.test(name));
  return ids.flatMap((id) => statOf(Number(id)) ?? []);
}

/** Of a process that ended, and without `/proc`, nothing. */
function statOf(pid: number): { parent: number; ms: number; endedMs: number } | null {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, "utf8");
    // What precedes the last bracket is the programme's name, which may hold anything.
    const fields = text
      .slice(text.lastIndexOf(")") + 2)
      .split(" ")
      .map(Number);
    const [user, system, endedUser, endedSystem] = fields.slice(11, 15);
    return { parent: fields[1]!, ms: (user! + system!) * TICK_MS, endedMs: (endedUser! + endedSystem!) * TICK_MS };
  } catch {
    return null;
  }
}
