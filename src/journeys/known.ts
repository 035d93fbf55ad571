import type { Database } from "../db/client.ts";
import { AppError } from "../kit/errors.ts";
import { MINUTE_MS } from "../kit/time.ts";
import { lookUnchanged } from "./changes.repository.ts";
import { attached, follow } from "./follow.ts";
import { findLeftOut, showKnownAt } from "./known.repository.ts";
import type { WaitingLine } from "./line.ts";
import { type Follow, openStore, type Store } from "./store.ts";

/** How long what was known at an instant stays in memory after it was asked for. */
const KEPT_MS = 10 * MINUTE_MS;

/** Stores of earlier instants, each read when it is asked for, one at a time. One is kept: it takes as much memory as today's. */
export function openKnown(
  database: Pick<Database, "atOneInstant">,
  { line, room }: { line: WaitingLine; room: number },
): (at: Date) => Store {
  const inTurn: Pick<Database, "atOneInstant"> = {
    atOneInstant: (work) => line.inTurn(() => database.atOneInstant(work)),
  };
  let kept: { at: number; store: Store } | null = null;
  let forgetting: NodeJS.Timeout | undefined;
  return (at) => {
    if (kept?.at !== at.getTime())
      kept = { at: at.getTime(), store: openStore(inTurn, { follow: followKnownAt(at), room, of: at }) };
    clearTimeout(forgetting);
    forgetting = setTimeout(() => {
      kept = null;
    }, KEPT_MS).unref();
    return kept.store;
  };
}

/** Refuses what was known at an instant of which retention has taken what rows said. */
function checkKnown(at: Date, knownSince: Date | null): void {
  if (knownSince === null || at >= knownSince) return;
  throw new AppError(
    "BAD_INPUT",
    `What was known before ${knownSince.toISOString()} is kept no longer, by a rule of retention: give a later \`knownAt\`, or none.`,
    ["knownAt"],
  );
}

/** What was known at an instant stays the same, once all that was being written then is written, nobody is erased, and nobody refuses. */
function followKnownAt(at: Date): Follow {
  let leftOut: string | null = null;
  return async (snapshot, before, terms) => {
    const now = await findLeftOut(snapshot);
    const seen = before && now === leftOut ? await lookUnchanged(snapshot, before.seen, at) : null;
    leftOut = now;
    await showKnownAt(snapshot, at);
    const followed = await (before && seen
      ? attached(snapshot, { ...before, seen }, terms)
      : follow(snapshot, null, terms));
    checkKnown(at, followed.seen.knownSince);
    return followed;
  };
}
