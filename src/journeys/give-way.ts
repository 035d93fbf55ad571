import { readlinkSync } from "node:fs";
import { constants, getPriority, setPriority } from "node:os";

/**
 * Has this thread wait where other threads and processes want the processor: a report may take longer, a look-up may not.
 * Linux alone gives threads priorities of their own.
 */
export function giveWay(): void {
  try {
    const thread = Number(readlinkSync("/proc/thread-self").split("/").at(-1));
    setPriority(thread, Math.max(getPriority(thread), constants.priority.PRIORITY_BELOW_NORMAL));
  } catch {
    // It counts all the same.
  }
}
