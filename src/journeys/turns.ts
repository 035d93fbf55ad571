import { AppError } from "../kit/errors.ts";
import type { WaitingLine } from "./line.ts";
import { whileWanted } from "./shared-run.ts";

/** Turns of questions: from its turn on, plans, tallies and what is shown of them are in memory for one alone. */
export interface Turns {
  take<Answer>(asker: Asker, work: (signal?: AbortSignal) => Promise<Answer>): Promise<Answer>;
  /** How many wait, or are being answered. */
  taken(): number;
}

interface Asker {
  /** What has to be there before the question stands in line. */
  ready(): Promise<unknown>;
  /** Aborts when the client leaves. */
  gone: AbortSignal | undefined;
  /** Whose question it is. */
  by: string;
}

/** A question that takes longer than the limit ends, with what waits for it; 0 is none. */
export function openTurns({ line, limitMs }: { line: WaitingLine; limitMs: number }): Turns {
  let taken = 0;
  return {
    async take({ ready, gone, by }, work) {
      const { signal, end } = limited(limitMs, gone);
      taken += 1;
      try {
        await whileWanted(ready(), signal);
        return await whileWanted(
          line.inTurn(() => work(signal), { by, signal }),
          signal,
        );
      } finally {
        taken -= 1;
        end();
      }
    },
    taken: () => taken,
  };
}

/** Aborts after so long, or with the other signal, until it is over. */
function limited(limitMs: number, other: AbortSignal | undefined): { signal?: AbortSignal; end(): void } {
  if (limitMs === 0) return { signal: other, end() {} };
  const limit = new AbortController();
  const message =
    "The report took longer than C360_STATEMENT_TIMEOUT_MS allows: ask again in a few seconds. After a start, all that customers did is read first.";
  const timer = setTimeout(() => limit.abort(new AppError("TIMEOUT", message)), limitMs).unref();
  return {
    signal: other ? AbortSignal.any([limit.signal, other]) : limit.signal,
    end: () => clearTimeout(timer),
  };
}
