import type { Database } from "../db/client.ts";
import { AppError } from "../kit/errors.ts";
import type { Partition } from "./columns.ts";
import type { Dictionaries } from "./dictionary.ts";
import type { Fold, Survey } from "./fold.ts";
import { follow } from "./follow.ts";
import { openKnown } from "./known.ts";
import { openLine } from "./line.ts";
import { whileWanted } from "./shared-run.ts";
import { type Ask, openStore, type Store } from "./store.ts";
import type { Workers } from "./workers.ts";

/** All that customers did as of one instant: figures of one version belong together. */
export interface Version {
  readonly partitions: readonly Partition[];
  /** What the numbers in the columns stand for; it may know more than they name. */
  readonly dictionary: Dictionaries;
  /** Adds up all journeys, in the order of customers. */
  fold<Plan, Tally, Answer>(fold: Fold<Plan, Tally, Answer>, plan: Plan): Promise<Answer>;
  /** Looks at all of it together. */
  survey<Plan, Answer>(survey: Survey<Plan, Answer>, plan: Plan): Promise<Answer>;
}

/** What every report reads. */
export interface Journeys {
  /** The latest version: all that was acknowledged before this was called is in it. */
  now(): Promise<Version>;
  /** The latest version, and what else the database says as of the same instant. */
  nowAnd<Answer>(ask: Ask<Answer>): Promise<[Version, Answer]>;
  /** The same as all of it was known at an instant; as it is known now without one. Rules are today's. */
  asOf(at: Date | null | undefined): Journeys;
  /** Reads what has changed, so that the next answer need not wait for it; nothing before the first. */
  keepUp(): Promise<void>;
  /** The same for a client that may leave, or whose time is up: it gets the reason of the signal, which is an error. */
  until(signal: AbortSignal): Journeys;
  /** How many questions wait, or are being answered. */
  asking(): number;
}

/** Questions that are answered at once: the processor is for others too. */
const AT_ONCE = 1;
/** Questions that may wait: whoever comes later would wait longer than clients do. */
const WAITING = 50;

interface Settings {
  workers: Workers;
  /** A question that takes longer ends; 0 for none. */
  limitMs?: number;
}

/** Nothing is read before the first report is asked for. */
export function openJourneys(database: Pick<Database, "atOneInstant">, { workers, limitMs = 0 }: Settings): Journeys {
  let asking = 0;
  const counted = async <Answer>(answer: Promise<Answer>): Promise<Answer> => {
    asking += 1;
    return answer.finally(() => {
      asking -= 1;
    });
  };
  const line = openLine({ atOnce: AT_ONCE, waiting: WAITING });
  // Their own line: whoever asks as of now waits for no other store to be read.
  const knownAt = openKnown(database, openLine({ atOnce: 1, waiting: WAITING }));
  const journeysFor = (store: Store, gone?: AbortSignal): Journeys => {
    const now = async (): Promise<Version> => {
      const signal = limitMs > 0 ? endingAfter(limitMs, gone) : gone;
      const { partitions, dictionary } = await counted(whileWanted(store.read(), signal));
      return {
        partitions,
        dictionary,
        fold: (skill, plan) => counted(line.inTurn(() => workers.fold({ skill, plan, partitions, signal }), signal)),
        survey: (skill, plan) =>
          counted(line.inTurn(() => workers.survey({ skill, plan, partitions, signal }), signal)),
      };
    };
    return {
      now,
      async nowAnd<Answer>(ask: Ask<Answer>) {
        let answer: Promise<Answer> | undefined;
        store.ask(async (snapshot) => {
          answer = snapshot.attempt(() => ask(snapshot));
          await answer.catch(() => {});
        });
        const version = await now();
        return [version, await answer!];
      },
      asOf: (at) => (at ? journeysFor(knownAt(at), gone) : journeysFor(store, gone)),
      async keepUp() {
        if (store.hasBeenRead()) await store.read();
      },
      until: (signal) => journeysFor(store, signal),
      asking: () => asking,
    };
  };
  return journeysFor(openStore(database, follow));
}

/** Aborts after so long, or with the other signal. */
function endingAfter(limitMs: number, other: AbortSignal | undefined): AbortSignal {
  const limit = new AbortController();
  const message =
    "The report took longer than C360_STATEMENT_TIMEOUT_MS allows: ask again in a few seconds. After a start, all that customers did is read first.";
  setTimeout(() => limit.abort(new AppError("TIMEOUT", message)), limitMs).unref();
  return other ? AbortSignal.any([limit.signal, other]) : limit.signal;
}
