import { setImmediate } from "node:timers/promises";
import type { Database } from "../db/client.ts";
import type { Partition } from "./columns.ts";
import { Dictionaries } from "./dictionary.ts";
import { addUp, type Fold, mergeAll, partsOf } from "./fold.ts";
import { load } from "./load.ts";

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
}

/** Nothing is read before the first report is asked for. */
export function openJourneys(database: Database): Journeys {
  const dictionary = new Dictionaries();
  const read = async (): Promise<Version> => {
    const partitions = await database.atOneInstant((snapshot) => load(snapshot, dictionary));
    return { partitions, dictionary, fold: (fold, plan) => foldHere(partitions, fold, plan) };
  };
  return { now: oneAtATime(read) };
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

async function foldHere<Plan, Tally>(
  partitions: readonly Partition[],
  fold: Fold<Plan, Tally>,
  plan: Plan,
): Promise<Tally> {
  const tallies: Tally[] = [];
  for (const part of partsOf(partitions)) {
    tallies.push(addUp(fold, plan, part));
    await setImmediate();
  }
  return mergeAll(fold, plan, tallies);
}
