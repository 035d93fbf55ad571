import { type Sql, sql } from "../db/sql.ts";
import { NO_SEQUENCE } from "../fields/touchpoint.ts";

// `event-order` in the database's words: a channel or kind of the enum comes before those that are listed after it.

/** The sequence of an event; one without counts as the last. */
const sequenceOf = (event: Sql): Sql => sql`coalesce(${event}.sequence, ${NO_SEQUENCE}::int)`;

/** Where an event stands in the total order, as a row to compare. */
export const placeOf = (event: Sql): Sql =>
  sql`(${event}.occurred_at, ${sequenceOf(event)}, ${event}.channel, ${event}.kind, ${event}.id)`;

/** To order events by, as they happened: nulls are last. */
export const orderOf = (event: Sql): Sql =>
  sql`${event}.occurred_at, ${event}.sequence, ${event}.channel, ${event}.kind, ${event}.id`;

/** The same, backwards: nulls are first. */
export const newestFirstOf = (event: Sql): Sql =>
  sql`${event}.occurred_at desc, ${event}.sequence desc, ${event}.channel desc, ${event}.kind desc, ${event}.id desc`;

// The same of rows of `interactions`: their channel says the kind.

/** Where an interaction stands, as a row to compare. */
export const startPlaceOf = (leg: Sql): Sql =>
  sql`(${leg}.session_start_time, ${sequenceOf(leg)}, ${leg}.channel_type, ${leg}.id)`;

/** To order interactions by, as they began. */
export const startOrderOf = (leg: Sql): Sql =>
  sql`${leg}.session_start_time, ${leg}.sequence, ${leg}.channel_type, ${leg}.id`;

/** The same, the newest first. */
export const lastStartFirstOf = (leg: Sql): Sql =>
  sql`${leg}.session_start_time desc, ${leg}.sequence desc, ${leg}.channel_type desc, ${leg}.id desc`;
