import type { Database } from "../db/client.ts";
import { checkReadable } from "../facts/attributes.ts";
import type { Attribute } from "../fields/derive/attributes.ts";
import { checkRead } from "./attribute.ts";
import type { ArchivedSpan, Seen } from "./changes.ts";
import type { Partition } from "./columns.ts";
import type { Dictionaries } from "./dictionary.ts";
import type { Fold, Survey } from "./fold.ts";
import { follow } from "./follow.ts";
import { checkKept } from "./kept.ts";
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
  /** The moment of knowledge that it is of. */
  readonly knownAt: Date;
  /** What happened before it, retention has taken some of; null where it never took anything. */
  readonly wholeSince: Date | null;
  /** Months whose touchpoints are in the archive, and in no fold. */
  readonly archived: readonly ArchivedSpan[];
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
  /** The same for a question that looks back no further than to this instant; without one, it looks back on all time. */
  lookingBackTo(instant: number): Journeys;
  /** The same for a question that is about these attributes too: they are read once, and kept. */
  reading(attributes: readonly Attribute[]): Journeys;
  /** The same for a viewer with these scopes: without one, attributes that need it are refused. */
  seenBy(scopes: ReadonlySet<string>): Journeys;
  /** The same for whoever has this name: who ask at the same time take turns. */
  askedBy(name: string): Journeys;
  /** Reads what has changed, so that the next answer need not wait for it; nothing before the first. */
  keepUp(): Promise<void>;
  /** The same for a client that may leave, or whose time is up: it gets the reason of the signal, which is an error. */
  until(gone: () => AbortSignal): Journeys;
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
  /** Bytes that all journeys may take: where they would take more, the oldest months are left out. */
  memory?: number;
}

/** What a question reads. */
interface Scope {
  store: Store;
  /** How far it looks back, in milliseconds since 1970. */
  earliest: number;
  attributes: readonly Attribute[];
  /** What the viewer may read. */
  scopes: ReadonlySet<string>;
  /** Who asks. */
  by: string;
  gone?: () => AbortSignal;
}

const ANY_QUESTION = { earliest: Number.NEGATIVE_INFINITY, attributes: [], scopes: new Set<string>(), by: "" };

const instantsOf = ({ of }: Store, { at, wholeSince, archived }: Seen) => ({
  knownAt: of ?? at,
  wholeSince,
  archived,
});

/** Nothing is read before the first report is asked for. */
export function openJourneys(
  database: Pick<Database, "atOneInstant">,
  { workers, limitMs = 0, memory = Number.POSITIVE_INFINITY }: Settings,
): Journeys {
  const turns = openTurns({ line: openLine({ atOnce: AT_ONCE, waiting: WAITING }), limitMs });
  // Their own line: whoever asks as of now waits for no other store to be read.
  const knownAt = openKnown(database, { line: openLine({ atOnce: 1, waiting: WAITING }), room: memory });
  const read = async ({ store, earliest, attributes }: Scope, signal: AbortSignal | undefined): Promise<Version> => {
    const followed = await whileWanted(store.read(attributes), signal);
    const { partitions, dictionary, seen, since } = followed;
    checkKept(since, earliest);
    checkRead(followed, attributes);
    return {
      partitions,
      ...instantsOf(store, seen),
      dictionary: dictionary.forQuestion(),
      fold: (skill, plan) => workers.fold({ skill, plan, partitions, signal }),
      survey: (skill, plan) => workers.survey({ skill, plan, partitions, signal }),
    };
  };
  const journeysFor = (scope: Scope): Journeys => {
    const { store } = scope;
    // Reading a store for the first time takes long, and keeps nobody from asking another one.
    const ready = async () => store.hasBeenRead() || store.read();
    const turn = () => ({ ready, gone: scope.gone?.(), by: scope.by });
    return {
      answer: (question) => turns.take(turn(), async (signal) => question(await read(scope, signal))),
      answerWith: (ask, question) =>
        turns.take(turn(), async (signal) => {
          const told = store.ask(ask, { signal, limitMs });
          const version = await read(scope, signal);
          return question(version, await told);
        }),
      asOf: (at) => journeysFor(at ? { ...scope, store: knownAt(at) } : scope),
      reading: (attributes) => {
        checkReadable(attributes, scope.scopes);
        return journeysFor({ ...scope, attributes });
      },
      seenBy: (scopes) => journeysFor({ ...scope, scopes }),
      askedBy: (name) => journeysFor({ ...scope, by: name }),
      lookingBackTo: (earliest) => journeysFor({ ...scope, earliest }),
      async keepUp() {
        if (store.hasBeenRead()) workers.keep((await store.read()).partitions);
      },
      until: (gone) => journeysFor({ ...scope, gone }),
      asking: turns.taken,
      working: workers.running,
      loading: () => store.loading(),
    };
  };
  return journeysFor({ ...ANY_QUESTION, store: openStore(database, { follow, room: memory }) });
}
