/** Times that work is repeated when another writer was in its way. */
const ATTEMPTS = 5;

/**
 * A serialisation failure, a deadlock, or a row that somebody else inserted meanwhile (a visit whose place a leg was
 * about to take): the same work may well go through.
 */
const PASSING: ReadonlySet<unknown> = new Set(["40001", "40P01", "23505"]);

/** Runs a transaction, and again where PostgreSQL stopped it for the sake of another. */
export async function withRetries<Answer>(run: () => Promise<Answer>): Promise<Answer> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await run();
    } catch (error) {
      if (!PASSING.has((error as { code?: unknown }).code) || attempt >= ATTEMPTS) throw error;
    }
  }
}

const BACK_EVERY_MS = 250;
/** After a minute without the database the work fails; a subscriber comes back with its cursor. */
const BACK_ATTEMPTS = 240;

/** Waits for a database that restarts, so that a subscriber misses no message. */
export async function untilBack<Answer>(ask: () => Promise<Answer>): Promise<Answer> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await ask();
    } catch (error) {
      if (attempt >= BACK_ATTEMPTS) throw error;
      await new Promise((resolve) => setTimeout(resolve, BACK_EVERY_MS));
    }
  }
}
