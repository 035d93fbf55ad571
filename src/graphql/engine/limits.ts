import { RECORDS_PER_TRANSACTION } from "../../ingest/receipt.ts";

// Every limit of the entry points, in one place, each with its reason. A setting of the same name overrides it.

/** What a request may ask for; beyond it the answer is LIMIT_EXCEEDED. */
export interface Limits {
  depth: number;
  aliases: number;
  rootFields: number;
  tokens: number;
  cost: number;
  bodyBytes: number;
  recordsPerRequest: number;
  linesPerRequest: number;
  lineBytes: number;
  unpackedBytes: number;
  requestsPerSecond: number;
  strangersPerSecond: number;
  connectionsPerClient: number;
  statementTimeoutMs: number;
  lookupDeadlineMs: number;
  lookupsAtOnce: number;
}

export const LIMITS: Readonly<Limits> = {
  /** The deepest useful path, customer → timeline → edges → node → touchpoints → edges → node → value → amount, has nine levels. */
  depth: 12,
  /** A wallboard compares a dozen periods under aliases; thousands are an attack on the planner of the response. */
  aliases: 50,
  /** A page of the console asks for fewer than ten things at once. */
  rootFields: 20,
  /** The longest query that we know, every field of every report, has under 2,000; validation time grows faster than this. */
  tokens: 4_000,
  /** 100 customers with 100 timeline rows each come to 10,300: as much as a page can show, and about a second of work. */
  cost: 20_000,
  /** Enough for 500 interactions with notes; longer streams use NDJSON, which is never held as a whole. */
  bodyBytes: 1_048_576,
  /** A request is one transaction. */
  recordsPerRequest: RECORDS_PER_TRANSACTION,
  /** An hour of a large centre's page views; more than that is a file for `npm run import`. */
  linesPerRequest: 100_000,
  /** A record with 64 KB of metadata and 20,000 characters of notes, escaped, stays under it. */
  lineBytes: 262_144,
  /** 100,000 page views with every field come to a hundred megabytes; a few kilobytes can unpack to any size. */
  unpackedBytes: 268_435_456,
  /** Half of what one instance serves: a runaway client leaves the other half to everybody else. */
  requestsPerSecond: 1_000,
  /** A menu whose key was revoked retries a few times a second; made-up keys cost a look at the database each. */
  strangersPerSecond: 50,
  /** A centre behind one address has a few hundred desks, and a browser a handful of connections; a proxy that is named is not counted. */
  connectionsPerClient: 2_000,
  /** An agent has hung up by then, and a longer report should have a shorter period. */
  statementTimeoutMs: 15_000,
  /** A menu gives an answer a second or two, its own way through the network included; a caller hears a longer silence. */
  lookupDeadlineMs: 300,
  /** A look-up takes some milliseconds of the processor: so many keep two cores busy, and more would wait for each other. */
  lookupsAtOnce: 8,
};
