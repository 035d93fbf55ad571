import type { FastifyReply } from "fastify";
import { AppError } from "../kit/errors.ts";

/** A signal that aborts when the client closes its connection before the answer. */
export function leaving({ raw }: Pick<FastifyReply, "raw">): AbortSignal {
  const controller = new AbortController();
  raw.once("close", () => {
    if (!raw.writableFinished)
      controller.abort(new AppError("TIMEOUT", "The client left before its answer was ready."));
  });
  return controller.signal;
}
