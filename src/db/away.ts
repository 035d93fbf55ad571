/** Whether an error means that the database cannot be reached, rather than that it answered with a fault. */
export function isAway(error: unknown): boolean {
  return /^(ECONNREFUSED|ECONNRESET|ENOTFOUND|EHOSTUNREACH|ETIMEDOUT)$/.test(String((error as { code?: string }).code));
}

/** What to tell the owner then. */
export const AWAY = "The database does not answer: check that it runs and that DATABASE_URL names it.";
