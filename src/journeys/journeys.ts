import { setImmediate } from "node:timers/promises";
import type { Database } from "../db/client.ts";
import type { Snapshot } from "../db/snapshot.ts";
import type { Partition } from "./columns.ts";
import type { Dictionaries } from "./dictionary.ts";
import { addUp, type Fold, mergeAll, partsOf } from "./fold.ts";
import { type Followed, follow } from "./follow.ts";
import { hasLeft, openLine } from "./line.ts";

/** All that customers did as of one instant: figures of one version belong together. */
export interface Version {
  readonly partitions: readonly Partition[];
  /** What the numbers in the columns stand for; it may know more than they name. */
  readonly dictionary: Dictionaries;
  /** Adds up all journeys, in the order of customers. */
  fold<Plan, Tally>(fold: Fold<Plan, Tally>, plan: Plan): Promise<Tally>;
}

/** What every report reads. */
export interface Journeys {
  /** The latest version: all that was acknowledged before this was called is in it. */
  now(): Promise<Version>;
  /** The latest version, and what else the database says as of the same instant. */
  nowAnd<Answer>(ask: Ask<Answer>): Promise<[Version, Answer]>;
  /** Reads what has changed, so that the next answer need not wait for it; nothing before the first. */
  keepUp(): Promise<void>;
  /** The same for a client that may leave: what is still to be added up is then left. */
  until(signal: AbortSignal): Journeys;
}

type Ask<Answer> = (snapshot: Snapshot) => Promise<Answer>;

/** Questions that are answered at once: the processor is for others too. */
const AT_ONCE = 1;
/** Questions that may wait: whoever comes later would wait longer than clients do. */
const WAITING = 50;

/** Nothing is read before the first report is asked for. */
export function openJourneys(database: Pick<Database, "atOneInstant">): Journeys {
  let followed: Followed | null = null;
  let asked: Ask<void>[] = [];
  const line = openLine({ atOnce: AT_ONCE, waiting: WAITING });
  const catchUp = oneAtATime(async (): Promise<Followed> => {
    const asks = asked;
    asked = [];
    followed = await database.atOneInstant(async (snapshot) => {
      for (const ask of asks) await ask(snapshot);
      return follow(snapshot, followed);
    });
    return followed;
  });
  const journeysFor = (signal?: AbortSignal): Journeys => {
    const now = async (): Promise<Version> => {
      const { partitions, dictionary } = await catchUp();
      return {
        partitions,
        dictionary,
        fold: (fold, plan) => line.inTurn(() => foldHere(partitions, { fold, plan, signal }), signal),
      };
    };
    return {
      now,
      async nowAnd<Answer>(ask: Ask<Answer>) {
        const answers: Answer[] = [];
        asked.push(async (snapshot) => {
          answers.push(await ask(snapshot));
        });
        const version = await now();
        return [version, answers[0]!];
      },
      async keepUp() {
        if (followed) await catchUp();
      },
      until: journeysFor,
    };
  };
  return journeysFor();
}

/** Whoever asks while it runs gets the answer of the next run, which all who wait share: this one began before they asked. */
function oneAtATime<Answer>(run: () => Promise<Answer>): () => Promise<Answer> {
  let running: Promise<unknown> = Promise.resolve();
  let next: Promise<Answer> | null = null;
  return () => {
    next ??= running
      .catch(() => {})
      .then(() => {
        const answer = run();
        [running, next] = [answer, null];
        return answer;
      });
    return next;
  };
}

interface Question<Plan, Tally> {
  fold: Fold<Plan, Tally>;
  plan: Plan;
  signal: AbortSignal | undefined;
}

/** Between two parts, others have the processor. */
async function foldHere<Plan, Tally>(
  partitions: readonly Partition[],
  { fold, plan, signal }: Question<Plan, Tally>,
): Promise<Tally> {
  const tallies: Tally[] = [];
  for (const part of partsOf(partitions)) {
    if (signal?.aborted) throw hasLeft();
    tallies.push(addUp(fold, plan, part));
    await setImmediate();
  }
  return mergeAll(fold, plan, tallies);
}
