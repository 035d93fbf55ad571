import { readlinkSync } from "node:fs";
import { constants, getPriority, setPriority } from "node:os";

/** A thread that wants the processor gets about a third of what one of its process gets that is so much above it. */
const LOWER = 5;

/**
 * Has this thread wait where other threads and processes want the processor: a report may take longer, a look-up may not.
 * Linux alone gives threads priorities of their own.
 */
export function giveWay(): void {
  try {
    const thread = Number(readlinkSync("/proc/thread-self").split("/").at(-1));
    setPriority(thread, Math.min(getPriority(thread) + LOWER, constants.priority.PRIORITY_LOW));
  } catch {
    // It counts all the same.
  }
}
