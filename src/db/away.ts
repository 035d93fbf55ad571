/** Whether an error means that the database cannot be reached, not that it answered with an error. */
export function isAway(error: unknown): boolean {
  return /^(ECONNREFUSED|ECONNRESET|ENOTFOUND|EHOSTUNREACH|ETIMEDOUT)$/.test(String((error as { code?: string }).code));
}

/** The remedy to show then. */
export const AWAY = "The database does not answer: check that it runs and that DATABASE_URL names it.";
