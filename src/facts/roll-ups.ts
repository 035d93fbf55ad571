// What the wing that makes roll-ups and the wing that reads them must both know.

/** The pause in minutes that ends a session where nobody asks for another. */
export const DEFAULT_TIMEOUT_MINUTES = 30;

/**
 * Events of a customer whose roll-ups are made: more are a machine's, and would be counted again with each of them. Who has
 * more is counted once, to be known by it, and read by every report from then on.
 */
export const MOST_EVENTS = 20_000;
