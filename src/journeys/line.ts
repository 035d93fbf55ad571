import { AppError } from "../kit/errors.ts";

/** Where questions wait, so that some are answered at a time. Who ask take turns, and the questions of each keep their order. */
export interface WaitingLine {
  /**
   * Runs the work when it is its turn. Who leaves keeps no place. Where too many wait, the one is sent away that came last of
   * whoever has most of them waiting: nobody's questions keep those of others out.
   */
  inTurn<Answer>(work: () => Promise<Answer>, asked?: Asked): Promise<Answer>;
}

interface Asked {
  /** Questions of one name wait for each other. */
  by?: string;
  signal?: AbortSignal;
}

interface Place {
  begin(): void;
  sendAway(): void;
}

export function openLine({ atOnce, waiting }: { atOnce: number; waiting: number }): WaitingLine {
  let running = 0;
  const places = openPlaces(waiting);
  const turn = ({ by = "", signal }: Asked): Promise<void> => {
    if (running < atOnce) {
      running += 1;
      return Promise.resolve();
    }
    return new Promise((begin, reject) => {
      const message = `${waiting} reports wait already: ask again in a few seconds.`;
      const place = { begin, sendAway: () => reject(new AppError("UNAVAILABLE", message)) };
      places.take(by, place);
      const leave = () => {
        places.leave(by, place);
        reject(signal!.reason);
      };
      signal?.addEventListener("abort", leave, { once: true });
    });
  };
  // Whoever is next takes the place of the one that ends, before anybody new can.
  const end = () => {
    const next = places.next();
    if (next) next.begin();
    else running -= 1;
  };
  return {
    async inTurn(work, asked = {}) {
      asked.signal?.throwIfAborted();
      await turn(asked);
      try {
        return await work();
      } finally {
        end();
      }
    },
  };
}

function openPlaces(most: number) {
  /** By whose they are, in the order of turns. */
  const lines = new Map<string, Place[]>();
  const set = (by: string, line: Place[]): void => {
    if (line.length > 0) lines.set(by, line);
    else lines.delete(by);
  };
  return {
    take(by: string, place: Place): void {
      const own = [...(lines.get(by) ?? []), place];
      set(by, own);
      const all = [...lines];
      if (all.reduce((sum, [, line]) => sum + line.length, 0) <= most) return;
      // Of equally long lines the one that grew: who waits already is not sent away for one who has as many.
      const [name, longest] = all.reduce((a, b) => (b[1].length > a[1].length ? b : a), [by, own]);
      const last = longest.at(-1)!;
      this.leave(name, last);
      last.sendAway();
    },
    leave(by: string, place: Place): void {
      set(by, lines.get(by)?.filter((one) => one !== place) ?? []);
    },
    /** The next one; whose it is stands behind all others from then on. */
    next(): Place | undefined {
      const [first] = lines;
      if (!first) return undefined;
      const [by, [place, ...rest]] = first;
      lines.delete(by);
      set(by, rest);
      return place;
    },
  };
}
