/**
 * The pause in minutes that ends a session where nobody asks for another. A session ends when nothing has been going on for
 * longer, measured from the latest end so far; a pause as long as this does not end it.
 */
export const SESSION_TIMEOUT_MINUTES = 30;
