/** A clock, and how far ahead of it the clock of a sender may be. */
export interface Ahead {
  now: Date;
  minutes: number;
}

const MINUTE_MS = 60_000;

/** Whether a time has not come, whatever the clock of its sender says. */
export function isAhead(time: Date, { now, minutes }: Ahead): boolean {
  return time.getTime() > now.getTime() + minutes * MINUTE_MS;
}

/** What to say of such a time. */
export function aheadOf(minutes: number): string {
  return `lies more than ${minutes} minutes ahead of our clock: send it in its time zone, set the sender's clock, or raise aheadMinutes of its source.`;
}
