import { on } from "node:events";
import { type MessagePort, parentPort } from "node:worker_threads";
import { AppError } from "../kit/errors.ts";
import { type LaidDown, type Partition, partitionOf } from "./columns.ts";
import { addUp, type Fold, partsOf, type Skills } from "./fold.ts";
import { giveWay } from "./give-way.ts";

// What goes on in the threads that add up. The first of them merges what all have added up.

/** What a worker is told to do. */
export type Order = WorkerQuestion | { kind: "forget"; gone: readonly number[] };

export interface WorkerQuestion {
  id: number;
  kind: "fold" | "survey";
  /** Of the fold or survey. */
  name: string;
  plan: unknown;
  /** All partitions of the version, by serial number. */
  partitions: readonly number[];
  /** Those that this worker needs and does not have yet. */
  fresh: readonly LaidDown[];
  /** Those that no version has any more. */
  gone: readonly number[];
  /** Which worker it is, of how many. */
  place: number;
  count: number;
  /** Of the first worker, the ways to each of the others; of these, the way to the first. */
  ports: readonly MessagePort[];
  /** Its only number becomes 1 when nobody wants the answer any more. */
  unwanted: Int32Array;
}

/** What it answers. Of a fold, the first worker has the answer. */
export type Reply = { id: number; answer: unknown } | { id: number; failure: Failure };

/** An error between threads. One of ours would arrive without its class. */
type Failure = { app: Pick<AppError, "code" | "message" | "inputPath"> } | { error: unknown };

export function errorOf(failure: Failure): unknown {
  if ("error" in failure) return failure.error;
  const { code, message, inputPath } = failure.app;
  return new AppError(code, message, inputPath);
}

function failureOf(error: unknown): Failure {
  if (!(error instanceof AppError)) return { error };
  const { code, message, inputPath } = error;
  return { app: { code, message, inputPath } };
}

/** Does in this thread what is asked of it. */
export function work(skills: Skills): void {
  giveWay();
  const known = new Map<number, Partition>();
  parentPort!.on("message", async (order: Order) => {
    for (const serial of order.gone) known.delete(serial);
    if (order.kind === "forget") return;
    const { id, fresh, ports } = order;
    for (const laid of fresh) known.set(laid.serial, partitionOf(laid));
    try {
      parentPort!.postMessage({ id, answer: await answerOf(order, skills, known) } satisfies Reply);
    } catch (error) {
      parentPort!.postMessage({ id, failure: failureOf(error) } satisfies Reply);
    } finally {
      for (const port of ports) port.close();
    }
  });
}

type Known = ReadonlyMap<number, Partition>;

async function answerOf(question: WorkerQuestion, { folds, surveys }: Skills, known: Known): Promise<unknown> {
  const { kind, name, plan, partitions, place } = question;
  switch (kind) {
    case "survey": {
      const all = partitions.map((serial) => known.get(serial)!);
      return named(surveys, name).of(all, plan);
    }
    case "fold": {
      const fold = named(folds, name);
      return place === 0 ? leadFold(fold, question, known) : helpFold(fold, question, known);
    }
  }
}

function named<Skill extends { name: string }>(skills: readonly Skill[], name: string): Skill {
  const skill = skills.find((each) => each.name === name);
  if (!skill) throw new Error(`No worker knows how to count ${name}: list it in reports/folds.ts.`);
  return skill;
}

type AnyFold = Fold<unknown, unknown, unknown>;

/** Sends the first worker the sums of the parts that are this one's. */
function helpFold(fold: AnyFold, question: WorkerQuestion, known: Known): void {
  for (const tally of ownTallies(fold, question, known)) question.ports[0]!.postMessage(tally);
}

/** Merges all parts in their order: each worker sends its own in that order. */
async function leadFold(fold: AnyFold, question: WorkerQuestion, known: Known): Promise<unknown> {
  const { plan, count, ports, partitions } = question;
  const own = [...ownTallies(fold, question, known)].values();
  const tallies = [own, ...ports.map(sentThrough)];
  const sum = fold.empty(plan);
  for (let part = 0; part < partsOf(partitions).length; part += 1) {
    const { value, done } = await tallies[part % count]!.next();
    // Whoever failed says so itself.
    if (done) return;
    fold.merge(sum, value, plan);
  }
  return fold.conclude ? fold.conclude(sum, plan) : sum;
}

/** What comes through a port until it closes. */
async function* sentThrough(port: MessagePort): AsyncGenerator<unknown> {
  for await (const [message] of on(port, "message", { close: ["close"] })) yield message;
}

/** The sums of the parts that are this worker's: every second one of two workers. */
function* ownTallies(fold: AnyFold, question: WorkerQuestion, known: Known): Generator<unknown> {
  const { plan, place, count, unwanted } = question;
  const look = () => {
    if (Atomics.load(unwanted, 0) === 1) throw new Error("Nobody wants the answer any more.");
  };
  const parts = partsOf(question.partitions);
  for (let part = place; part < parts.length; part += count) {
    const partitions = parts[part]!.map((serial) => known.get(serial)!);
    yield addUp({ fold, plan }, partitions, look);
  }
}
