/** The advisory locks of a database, by what only one at a time does. They stand together so that no two share a number. */
export const LOCKS = {
  /** Processes that start together take turns. */
  migration: 360_001,
  /** Instances take turns at sealing the audit. */
  sealing: 360_014,
  /** One command at a time moves months into the archive, or brings them back. */
  archiving: 360_016,
  /** Whoever stores what happened long ago shares it; a month is closed by who has it alone. */
  closing: 360_017,
  /** One process at a time lets go of what is kept no longer. */
  retention: 360_015,
  /** Only its holder may move rows between customers. */
  stitching: 0x63333630,
  /** A class of 256 locks, by which contacts are tied. */
  contacts: 0x63333632,
  /** Whoever stores a snapshot of the feed holds it, so that each lists all that the one before it does. */
  feed: 0x66656564,
} as const;
