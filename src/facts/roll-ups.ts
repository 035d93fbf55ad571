// What both the code that makes roll-ups and the code that reads them must know.

/**
 * The most events of a customer with roll-ups: more come from a machine and would be counted again after each of them.
 * A customer with more is counted once, to be recognised, and reports read their events.
 */
export const MOST_EVENTS = 20_000;
