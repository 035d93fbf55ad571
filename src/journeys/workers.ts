import { availableParallelism } from "node:os";
import { MessageChannel, Worker } from "node:worker_threads";
import { AppError } from "../kit/errors.ts";
import type { LaidDown, Partition } from "./columns.ts";
import { type Fold, partsOf, type Survey } from "./fold.ts";
import { errorOf, type Order, type Reply, type WorkerQuestion } from "./worker.ts";

/** Threads that add up, so that the one that answers requests is free. They are started with the first question. */
export interface Workers {
  fold<Plan, Tally, Answer>(asked: Asked<Fold<Plan, Tally, Answer>, Plan>): Promise<Answer>;
  survey<Plan, Answer>(asked: Asked<Survey<Plan, Answer>, Plan>): Promise<Answer>;
  /** Lets go of all but these partitions. */
  keep(partitions: readonly Partition[]): void;
  /** How many run. */
  running(): number;
  close(): Promise<void>;
}

interface Asked<Skill, Plan> {
  skill: Skill;
  plan: Plan;
  partitions: readonly Partition[];
  signal?: AbortSignal;
}

/** The other half of the cores is for look-ups, ingest and PostgreSQL. */
const MOST = Math.max(1, Math.floor(availableParallelism() / 2));
/** Workers that nobody waits for any more and that do not look up from one journey are ended. */
const GRACE_MS = 2_000;

/** What one may have beside the columns, before it is ended and its question refused. */
const MEMORY_MB = 1_024;

/** `entry` is a module that calls `work`. */
export function openWorkers(entry: URL, { count = MOST, memoryMb = MEMORY_MB } = {}): Workers {
  const resourceLimits = { maxOldGenerationSizeMb: memoryMb };
  let crew: readonly Hand[] = [];
  let questions = 0;
  // One that is missing leaves the others waiting for its part, so all go; the next question starts new ones.
  const dismiss = async () => {
    const former = crew;
    crew = [];
    await Promise.all(former.map(({ thread }) => thread.terminate()));
  };
  const gather = () => {
    if (crew.length > 0) return crew;
    // The last of a former crew may end when there is a new one already.
    const own = Array.from({ length: count }, () =>
      hire(new Worker(entry, { resourceLimits }), () => {
        if (crew === own) void dismiss();
      }),
    );
    crew = own;
    return own;
  };
  async function ask<Answer>(
    kind: WorkerQuestion["kind"],
    { skill, plan, partitions, signal }: AnyAsked,
  ): Promise<Answer> {
    signal?.throwIfAborted();
    const hands = kind === "survey" ? gather().slice(0, 1) : gather();
    const unwanted = new Int32Array(new SharedArrayBuffer(4));
    const channels = hands.slice(1).map(() => new MessageChannel());
    questions += 1;
    const question = { id: questions, kind, name: skill.name, plan, count: hands.length, unwanted };
    const replies = hands.map((hand, place) => {
      const ports = place === 0 ? channels.map(({ port1 }) => port1) : [channels[place - 1]!.port2];
      const needed = kind === "survey" ? partitions : partsOf(partitions).filter((_, i) => i % hands.length === place);
      return hand.ask({ ...question, ...hand.news(needed.flat(), partitions), place, ports });
    });
    return (await settled(replies, { unwanted, signal, dismiss })) as Answer;
  }
  return {
    fold: (asked) => ask("fold", asked as AnyAsked),
    survey: (asked) => ask("survey", asked as AnyAsked),
    keep(partitions) {
      for (const hand of crew) hand.keep(partitions);
    },
    running: () => crew.length,
    close: dismiss,
  };
}

type AnyAsked = Asked<{ name: string }, unknown>;
type News = Pick<WorkerQuestion, "partitions" | "fresh" | "gone">;

/** A thread, and what it has. */
interface Hand {
  thread: Worker;
  /** What it has to be sent to know what it needs of a version. */
  news(needed: readonly Partition[], version: readonly Partition[]): News;
  ask(question: WorkerQuestion): Promise<unknown>;
  keep(partitions: readonly Partition[]): void;
}

function hire(thread: Worker, onEnd: () => void): Hand {
  const known = new Set<number>();
  const asked = new Map<number, { resolve(answer: unknown): void; reject(error: unknown): void }>();
  const idle = () => {
    if (asked.size === 0) thread.unref();
  };
  const fail = (error: unknown) => {
    for (const { reject } of asked.values()) reject(error);
    asked.clear();
    onEnd();
  };
  thread.on("message", (reply: Reply) => {
    const waiting = asked.get(reply.id);
    asked.delete(reply.id);
    idle();
    if ("failure" in reply) waiting?.reject(errorOf(reply.failure));
    else waiting?.resolve(reply.answer);
  });
  thread.on("error", (error) => fail(deathOf(error)));
  thread.on("exit", () => fail(new AppError("UNAVAILABLE", "What counts ended: ask again in a few seconds.")));
  idle();
  const forget = (version: readonly Partition[]): number[] => {
    const all = new Set(version.map(({ serial }) => serial));
    const gone = [...known].filter((serial) => !all.has(serial));
    for (const serial of gone) known.delete(serial);
    return gone;
  };
  return {
    thread,
    news(needed, version) {
      const gone = forget(version);
      const fresh = needed.filter(({ serial }) => !known.has(serial));
      for (const { serial } of fresh) known.add(serial);
      return { partitions: version.map(({ serial }) => serial), fresh: fresh.map(laidDown), gone };
    },
    ask(question) {
      thread.ref();
      return new Promise((resolve, reject) => {
        asked.set(question.id, { resolve, reject });
        thread.postMessage(question, question.ports);
      });
    },
    keep(version) {
      const gone = forget(version);
      if (gone.length > 0) thread.postMessage({ kind: "forget", gone } satisfies Order);
    },
  };
}

const laidDown = ({ serial, lengths, forms, buffer, attributes }: Partition): LaidDown => ({
  serial,
  lengths,
  forms,
  buffer,
  attributes,
});

/** Why a thread died, in a sentence where its question is why. */
function deathOf(error: unknown): unknown {
  if ((error as { code?: string }).code !== "ERR_WORKER_OUT_OF_MEMORY") return error;
  const message =
    "The report needs more memory than a worker has: ask for a shorter `period`, fewer matchers or a coarser dimension.";
  return new AppError("LIMIT_EXCEEDED", message);
}

interface Wanted {
  unwanted: Int32Array;
  signal: AbortSignal | undefined;
  dismiss(): void;
}

/** The answer of the first, as soon as all have ended: only then may others have their turn. */
async function settled(replies: readonly Promise<unknown>[], { unwanted, signal, dismiss }: Wanted): Promise<unknown> {
  let failure: { error: unknown } | undefined;
  let grace: NodeJS.Timeout | undefined;
  const stop = () => {
    Atomics.store(unwanted, 0, 1);
    grace ??= setTimeout(dismiss, GRACE_MS);
  };
  signal?.addEventListener("abort", stop);
  const [answer] = await Promise.all(
    replies.map((reply) =>
      reply.catch((error) => {
        failure ??= { error };
        stop();
      }),
    ),
  );
  clearTimeout(grace);
  signal?.removeEventListener("abort", stop);
  signal?.throwIfAborted();
  if (failure) throw failure.error;
  return answer;
}
