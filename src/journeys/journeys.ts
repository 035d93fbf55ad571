import { setImmediate } from "node:timers/promises";
import type { Database } from "../db/client.ts";
import type { Snapshot } from "../db/snapshot.ts";
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
  /** The latest version, and what else the database says as of the same instant. */
  nowAnd<Answer>(ask: Ask<Answer>): Promise<[Version, Answer]>;
}

type Ask<Answer> = (snapshot: Snapshot) => Promise<Answer>;

/** Nothing is read before the first report is asked for. */
export function openJourneys(database: Database): Journeys {
  const dictionary = new Dictionaries();
  let asked: Ask<void>[] = [];
  const read = async (): Promise<Version> => {
    const asks = asked;
    asked = [];
    const partitions = await database.atOneInstant(async (snapshot) => {
      for (const ask of asks) await ask(snapshot);
      return load(snapshot, dictionary);
    });
    return { partitions, dictionary, fold: (fold, plan) => foldHere(partitions, fold, plan) };
  };
  const now = oneAtATime(read);
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
  };
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
