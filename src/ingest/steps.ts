import type { Database, Db } from "../db/client.ts";
import type { Statements } from "../db/statements.ts";
import type { Receipt } from "./receipt.ts";

/**
 * The steps of a record through ingest, in this order. The first two are the work of the caller, where it receives a
 * file or a webhook. From `lock` on, a batch is one transaction.
 */
export const STEPS = {
  decode: "bytes become rows or messages",
  adapt: "a mapping or a connector makes records of them",
  validate: "the record has the fields of the contract, or is rejected",
  normalise: "its identities are comparable; it has a subject, a key and a hash",
  lock: "waits for a connection, and for the writers that could move the same customers",
  ledger: "compares it with what was stored under its key",
  stitch: "stores who was seen with whom, and moves the customers that this moves",
  store: "writes its rows and enters the batch",
  match: "finds the visit that a call came out of",
  ring: "takes a call that was logged off the agent's screen",
  announce: "tells that screen through its stream",
  commit: "is on the disk",
} as const;

export type Step = keyof typeof STEPS;

/** Receives the time of each step and the receipts of each batch. */
export interface IngestObserver {
  step(step: Step, seconds: number): void;
  receipts(entryPoint: string, receipts: readonly Receipt[]): void;
  /** Receives what was taken out of texts before they were stored. */
  redacted?(all: readonly { kind: string; record: string; source: string }[]): void;
}

/** The database for one step: the time of its answers counts for that step. */
export type During = (step: Step) => Db;

/** Divides the time of one batch among its steps. */
export interface StepClock {
  /** Adds the time since the last mark to a step. */
  mark(step: Step): void;
  /** Drops the time since the last mark: it was spent on something else. */
  skip(): void;
  /**
   * Runs one transaction. Its statements travel together, so that steps overlap; PostgreSQL answers them one after the
   * other, and the time between two answers goes to the step that asked for the second.
   */
  transaction<Answer>(
    database: Pick<Database, "transaction">,
    work: (during: During) => Promise<Answer>,
  ): Promise<Answer>;
  /** Reports the time of each step and starts again from zero. */
  tell(observer: Pick<IngestObserver, "step">): void;
}

export function startStepClock(): StepClock {
  const seconds = new Map<Step, number>();
  let last = performance.now();
  const skip = () => {
    last = performance.now();
  };
  const mark = (step: Step) => {
    const now = performance.now();
    seconds.set(step, (seconds.get(step) ?? 0) + (now - last) / 1_000);
    last = now;
  };
  return {
    mark,
    skip,
    async transaction(database, work) {
      const answer = await database.transaction((tx) => work((step) => marked(tx, () => mark(step))));
      mark("commit");
      return answer;
    },
    tell(observer) {
      for (const [step, taken] of seconds) observer.step(step, taken);
      seconds.clear();
    },
  };
}

/** The transaction, with a mark at each answer. The time of Prisma Client's answers counts with the next answer. */
function marked(tx: Db, mark: () => void): Db {
  const timed = async <Answer>(answer: Promise<Answer>): Promise<Answer> => {
    try {
      return await answer;
    } finally {
      mark();
    }
  };
  const statements = ({ rows, run }: Statements): Statements => ({
    rows: (declared, statement) => timed(rows(declared, statement)),
    run: (statement) => timed(run(statement)),
  });
  const during: Db = {
    ...statements(tx),
    hot: (name) => statements(tx.hot(name)),
    orm: tx.orm,
    transaction: (work) => work(during),
    longTransaction: (work) => work(during),
  };
  return during;
}
