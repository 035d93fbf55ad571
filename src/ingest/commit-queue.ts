import { AppError } from "../kit/errors.ts";
import type { IncomingRecord, Receipt } from "./receipt.ts";

/** The most records of one shared commit: enough to share the flush to disk, few enough to answer soon. */
const SHARED_AT_MOST = 256;

interface Waiting {
  record: IncomingRecord;
  resolve: (receipt: Receipt) => void;
  reject: (error: unknown) => void;
}

export interface CommitQueue {
  add(record: IncomingRecord, entryPoint: string): Promise<Receipt>;
  close(): Promise<void>;
}

type Commit = (records: readonly IncomingRecord[], entryPoint: string) => Promise<Receipt[]>;

/**
 * A queue in which single records that arrive while a batch commits share the next commit; each gets its own receipt.
 */
export function openCommitQueue(commit: Commit): CommitQueue {
  const waiting = new Map<string, Waiting[]>();
  let running: Promise<void> | null = null;
  let isClosed = false;

  async function drain(): Promise<void> {
    for (let next = takeSome(waiting); next; next = takeSome(waiting)) await commitTogether(commit, next);
    running = null;
  }

  return {
    add(record, entryPoint) {
      if (isClosed)
        return Promise.reject(new AppError("UNAVAILABLE", "The server is stopping: send the record again."));
      return new Promise((resolve, reject) => {
        const queue = waiting.get(entryPoint) ?? [];
        waiting.set(entryPoint, queue);
        queue.push({ record, resolve, reject });
        running ??= Promise.resolve().then(drain);
      });
    },
    async close() {
      isClosed = true;
      await running;
    },
  };
}

interface Together {
  entryPoint: string;
  entries: Waiting[];
}

function takeSome(waiting: Map<string, Waiting[]>): Together | null {
  for (const [entryPoint, queue] of waiting) {
    const entries = queue.splice(0, SHARED_AT_MOST);
    if (queue.length === 0) waiting.delete(entryPoint);
    if (entries.length > 0) return { entryPoint, entries };
  }
  return null;
}

/** Commits all entries together; if that fails, each on its own, so that a bad record spoils no other. */
async function commitTogether(commit: Commit, { entryPoint, entries }: Together): Promise<void> {
  try {
    const receipts = await commit(
      entries.map(({ record }) => record),
      entryPoint,
    );
    for (const [position, { resolve }] of entries.entries()) resolve(receipts[position]!);
  } catch (error) {
    const [only] = entries;
    if (entries.length === 1 && only) only.reject(error);
    else for (const entry of entries) await commitTogether(commit, { entryPoint, entries: [entry] });
  }
}
