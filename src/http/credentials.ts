import type { Credential } from "./auth.ts";

/** How long an answer about a key is cached: a revoked key stops working within it. */
const BELIEVED_MS = 5_000;
/** A database that has not answered by then counts as away: a menu needs its answer within 300 ms. */
const PATIENCE_MS = 100;
/** How long a valid key stays valid while the database is away: longer than any restart. */
const GOOD_WHILE_AWAY_MS = 600_000;
/** The most cached keys: more than any centre has, and a bound against invented ones. */
const REMEMBERED = 10_000;

/** `wasGood`: the key was valid ten minutes ago or later. */
type Look = (wasGood: boolean) => Promise<Credential | null>;

/** Caches whose a key is, so that most requests need no query. */
export interface Credentials {
  /** `mayOutlast`: a valid key stays valid while the database is away. */
  recall(key: string, look: Look, mayOutlast: boolean): Promise<Credential | null>;
}

export function openCredentials(clock: () => number): Credentials {
  const remembered = new Map<string, { credential: Credential | null; until: number }>();
  const asked = new Map<string, Promise<Credential | null>>();

  function makeRoom(): void {
    if (remembered.size < REMEMBERED) return;
    // Made-up keys first: they are why it is full.
    for (const [key, { credential }] of remembered) if (!credential) remembered.delete(key);
    if (remembered.size >= REMEMBERED) remembered.clear();
  }

  const wasGood = (key: string): boolean => {
    const known = remembered.get(key);
    return Boolean(known?.credential) && known!.until + GOOD_WHILE_AWAY_MS >= clock();
  };

  async function learn(key: string, look: Look): Promise<Credential | null> {
    const credential = await look(wasGood(key));
    makeRoom();
    remembered.set(key, { credential, until: clock() + BELIEVED_MS });
    return credential;
  }

  /** One query at a time for each key, however many requests wait for it. */
  function ask(key: string, look: Look): Promise<Credential | null> {
    const answer = asked.get(key) ?? learn(key, look).finally(() => asked.delete(key));
    asked.set(key, answer);
    return answer;
  }

  return {
    async recall(key, look, mayOutlast) {
      const known = remembered.get(key);
      if (known && known.until >= clock()) return known.credential;
      const answer = ask(key, look);
      if (!mayOutlast || !known || !wasGood(key)) return answer;
      return Promise.race([answer.catch(() => known.credential), late(known.credential)]);
    },
  };
}

function late<Answer>(answer: Answer): Promise<Answer> {
  return new Promise((resolve) => {
    setTimeout(() => resolve(answer), PATIENCE_MS).unref();
  });
}
