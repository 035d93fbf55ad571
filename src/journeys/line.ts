import { AppError } from "../kit/errors.ts";

/** Where questions wait, so that some are answered at a time and the others keep their order. */
export interface WaitingLine {
  /** Runs the work when it is its turn. Who finds too many before them is sent away, and who leaves keeps no place. */
  inTurn<Answer>(work: () => Promise<Answer>, signal?: AbortSignal): Promise<Answer>;
}

export function openLine({ atOnce, waiting }: { atOnce: number; waiting: number }): WaitingLine {
  let running = 0;
  const line: (() => void)[] = [];
  const turn = (signal?: AbortSignal): Promise<void> => {
    if (running < atOnce) {
      running += 1;
      return Promise.resolve();
    }
    if (line.length >= waiting) {
      const message = `${waiting} reports wait already: ask again in a few seconds.`;
      return Promise.reject(new AppError("UNAVAILABLE", message));
    }
    return new Promise((resolve, reject) => {
      line.push(resolve);
      const leave = () => {
        const place = line.indexOf(resolve);
        if (place === -1) return;
        line.splice(place, 1);
        reject(signal!.reason);
      };
      signal?.addEventListener("abort", leave, { once: true });
    });
  };
  // Whoever is next takes the place of the one that ends, before anybody new can.
  const end = () => {
    const next = line.shift();
    if (next) next();
    else running -= 1;
  };
  return {
    async inTurn(work, signal) {
      signal?.throwIfAborted();
      await turn(signal);
      try {
        return await work();
      } finally {
        end();
      }
    },
  };
}
