// What the wing that makes roll-ups and the wing that reads them must both know.

/** The pause in minutes that ends a session where nobody asks for another. */
export const DEFAULT_TIMEOUT_MINUTES = 30;

/** Events of a customer whose sessions are kept: more are a machine's, and would be written again with each of them. */
export const MOST_EVENTS = 20_000;
