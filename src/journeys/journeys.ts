import type { Database } from "../db/client.ts";
import type { Partition } from "./columns.ts";
import type { Dictionaries } from "./dictionary.ts";
import type { Fold, Survey } from "./fold.ts";
import { follow } from "./follow.ts";
import { openKnown } from "./known.ts";
import { openLine } from "./line.ts";
import type { Loading } from "./loading.ts";
import { whileWanted } from "./shared-run.ts";
import { type Ask, openStore, type Store } from "./store.ts";
import { openTurns } from "./turns.ts";
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
  /** Answers a question when it is its turn, from all that was acknowledged before it was asked. */
  answer<Answer>(question: (version: Version) => Promise<Answer>): Promise<Answer>;
  /** The same, with what else the database says as of the same instant. */
  answerWith<Told, Answer>(
    ask: Ask<Told>,
    question: (version: Version, told: Told) => Promise<Answer>,
  ): Promise<Answer>;
  /** The same as all of it was known at an instant; as it is known now without one. Rules are today's. */
  asOf(at: Date | null | undefined): Journeys;
  /** Reads what has changed, so that the next answer need not wait for it; nothing before the first. */
  keepUp(): Promise<void>;
  /** The same for a client that may leave, or whose time is up: it gets the reason of the signal, which is an error. */
  until(signal: AbortSignal): Journeys;
  /** How many questions wait, or are being answered. */
  asking(): number;
  /** How many threads add up. */
  working(): number;
  /** How far the reading of all journeys is, while it goes on. */
  loading(): Loading | null;
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
  const turns = openTurns({ line: openLine({ atOnce: AT_ONCE, waiting: WAITING }), limitMs });
  // Their own line: whoever asks as of now waits for no other store to be read.
  const knownAt = openKnown(database, openLine({ atOnce: 1, waiting: WAITING }));
  const read = async (store: Store, signal: AbortSignal | undefined): Promise<Version> => {
    const { partitions, dictionary } = await whileWanted(store.read(), signal);
    const asked = { partitions, signal };
    return {
      partitions,
      dictionary: dictionary.forQuestion(),
      fold: (skill, plan) => workers.fold({ skill, plan, ...asked }),
      survey: (skill, plan) => workers.survey({ skill, plan, ...asked }),
    };
  };
  const journeysFor = (store: Store, gone?: AbortSignal): Journeys => {
    // Reading a store for the first time takes long, and keeps nobody from asking another one.
    const ready = async () => store.hasBeenRead() || store.read();
    return {
      answer: (question) => turns.take({ ready, gone }, async (signal) => question(await read(store, signal))),
      answerWith: (ask, question) =>
        turns.take({ ready, gone }, async (signal) => {
          const told = store.ask(ask, { signal, limitMs });
          const version = await read(store, signal);
          return question(version, await told);
        }),
      asOf: (at) => (at ? journeysFor(knownAt(at), gone) : journeysFor(store, gone)),
      async keepUp() {
        if (store.hasBeenRead()) workers.keep((await store.read()).partitions);
      },
      until: (signal) => journeysFor(store, signal),
      asking: turns.taken,
      working: workers.running,
      loading: () => store.loading(),
    };
  };
  return journeysFor(openStore(database, follow));
}
