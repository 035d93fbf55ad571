import { SESSION_TIMEOUT_MINUTES } from "../facts/sessions.ts";
import { MINUTE_MS } from "../kit/time.ts";

/** How long before its period a report looks back for what only it knows; all time is infinite. */
export const lookBackOf = (minutes: number | null | undefined): number =>
  minutes == null ? Number.POSITIVE_INFINITY : minutes * MINUTE_MS;

/** What a question says of time. */
export interface AskedOfTime {
  period: { from: Date; to: Date };
  sessionTimeoutMinutes?: number;
}

/** The instant from which on all has to be in memory that a question is about. */
export function lookingBackTo(input: AskedOfTime, lookBack: number): number {
  if (asksForAllTime(input)) return Number.NEGATIVE_INFINITY;
  const timeout = (input.sessionTimeoutMinutes ?? SESSION_TIMEOUT_MINUTES) * MINUTE_MS;
  return input.period.from.getTime() - lookBack - timeout;
}

interface Within {
  container?: unknown;
}

/**
 * Whether a part of a question is about all that a customer did: a stage is before or after the first form or call ever, and
 * a sequence is sought, and a value carried, in all that happened before the period's end, unless it is in a session.
 */
function asksForAllTime(part: unknown): boolean {
  if (part === "STAGE") return true;
  if (typeof part !== "object" || part === null || part instanceof Date) return false;
  const { stages, sequence, expiry } = part as { stages?: unknown; sequence?: Within | null; expiry?: Within | null };
  if (stages != null || (sequence != null && sequence.container !== "SESSION")) return true;
  if (expiry?.container != null && expiry.container !== "SESSION") return true;
  return Object.values(part).some(asksForAllTime);
}
