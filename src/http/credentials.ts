import type { Credential } from "./auth.ts";

/** How long an answer about a key is believed: a revoked key stops working within it. */
const BELIEVED_MS = 5_000;
/** A database that has not said by then is taken to be away: a menu must have its answer within 300 ms. */
const PATIENCE_MS = 100;
/** How long a key that was good stays so while the database is away: longer than any restart takes. */
const GOOD_WHILE_AWAY_MS = 600_000;
/** Keys remembered at once; more than any centre has, and a bound against made-up ones. */
const REMEMBERED = 10_000;

type Look = () => Promise<Credential | null>;

/** Remembers who a key is, so that most requests ask nobody. */
export interface Credentials {
  /** `mayOutlast`: while nobody can be asked, who was good stays so. */
  recall(key: string, look: Look, mayOutlast: boolean): Promise<Credential | null>;
}

export function openCredentials(clock: () => number): Credentials {
  const remembered = new Map<string, { credential: Credential | null; until: number }>();
  const asked = new Map<string, Promise<Credential | null>>();

  async function learn(key: string, look: Look): Promise<Credential | null> {
    const credential = await look();
    if (remembered.size >= REMEMBERED) remembered.clear();
    remembered.set(key, { credential, until: clock() + BELIEVED_MS });
    return credential;
  }

  /** One question at a time for each key, however many want to know. */
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
      if (!mayOutlast || !known?.credential || known.until + GOOD_WHILE_AWAY_MS < clock()) return answer;
      return Promise.race([answer.catch(() => known.credential), late(known.credential)]);
    },
  };
}

function late<Answer>(answer: Answer): Promise<Answer> {
  return new Promise((resolve) => {
    setTimeout(() => resolve(answer), PATIENCE_MS).unref();
  });
}
