import { sql } from "../db/sql.ts";

// Months whose touchpoints lie in the archive (model ArchivedMonth). Keys, sightings and visits of these stay in the database.

/** The months that are closed, as rows `m`: from then on no touchpoint of them is taken in. */
export const CLOSED_MONTHS = sql`(select * from archived_months where restored_at is null) m`;

const END = sql`(select max(m.ends_at) from ${CLOSED_MONTHS})`;

/**
 * What began before this stands as it is, whatever else is derived anew: what it was derived of is in the archive, or what
 * was beside it.
 */
export const STANDS_UNTIL = sql`coalesce(${END}, '-infinity')`;

/** The same for calls, which may have been matched to the web of twelve hours before. */
export const CALLS_STAND_UNTIL = sql`coalesce(${END} + interval '12 hours', '-infinity')`;
