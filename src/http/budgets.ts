import { HttpError } from "./errors.ts";

/** How many requests each of many senders may make. */
export interface Budget {
  /** Takes one of the sender's; 429 where none is left. */
  spend(sender: string): void;
  /** 429 where none is left, and takes none. */
  check(sender: string): void;
}

/** The window of counting: a burst is fine, a flood is not. */
const WINDOW_MS = 10_000;
/** The most senders counted: more than any centre has, and a bound against invented ones. */
const COUNTED = 10_000;

export function openBudget(perSecond: number, now: () => number): Budget {
  const most = (perSecond * WINDOW_MS) / 1_000;
  const counted = new Map<string, { spent: number; until: number }>();

  /** The sender's window; the oldest one makes room for it. */
  function windowOf(sender: string) {
    const known = counted.get(sender);
    if (known && known.until > now()) return known;
    counted.delete(sender);
    for (const oldest of counted.keys()) {
      if (counted.size < COUNTED) break;
      counted.delete(oldest);
    }
    const fresh = { spent: 0, until: now() + WINDOW_MS };
    counted.set(sender, fresh);
    return fresh;
  }

  const check = (sender: string) => {
    const { spent, until } = windowOf(sender);
    if (spent >= most) throw tooMany(Math.ceil((until - now()) / 1_000));
  };
  return {
    check,
    spend(sender) {
      check(sender);
      windowOf(sender).spent += 1;
    },
  };
}

function tooMany(seconds: number): HttpError {
  const message = `Too many requests were made with this key, or from this address: try again in ${seconds} seconds.`;
  return new HttpError(429, { code: "LIMIT_EXCEEDED", message, retryAfter: seconds });
}
