/** How far a reader has seen the feed of changes; it stands for one snapshot of one server. */
export interface Seen {
  /** The server and what it was set to when it was read: another one's transactions mean nothing here. */
  server: string;
  /** PostgreSQL's snapshot, as text. */
  snapshot: string;
  /** The number of the newest stored snapshot that it could see. */
  stored: number;
  /** When it looked, by the server's clock; of a standby, when what it has seen was written. */
  at: Date;
  /** What happened before it, retention has taken some of; null where it never took anything. */
  wholeSince: Date | null;
  /** What was known before it cannot be told: retention has taken what rows said then; null where it never took any. */
  knownSince: Date | null;
  /** Months whose touchpoints are in the archive. */
  archived: readonly ArchivedSpan[];
}

/** A month (UTC), such as 2025-01. */
export interface ArchivedSpan {
  month: string;
  from: Date;
  to: Date;
}

/** What a look finds, beside the changes themselves. */
export interface Look extends Seen {
  /** The number of the stored snapshot up to which changes are deleted; 0 where none are. */
  floor: number;
}

/**
 * Whether the feed still holds every change since a look. A stored snapshot lists transactions that had ended. Whoever
 * could see it stored has seen them all, however long others stay open, and misses nothing once their changes are deleted.
 */
export function canFollow(last: Seen | null, now: Look): last is Seen {
  return last !== null && last.server === now.server && last.stored >= now.floor;
}
