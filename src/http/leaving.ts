import type { FastifyReply } from "fastify";
import { AppError } from "../kit/errors.ts";

/** A signal that aborts when the client closes its connection before the answer, made when somebody asks for it. */
export function leaving({ raw }: Pick<FastifyReply, "raw">): () => AbortSignal {
  let controller: AbortController | undefined;
  const abort = () => {
    if (raw.writableFinished) return;
    controller!.abort(new AppError("TIMEOUT", "The client left before its answer was ready."));
  };
  return () => {
    if (controller) return controller.signal;
    controller = new AbortController();
    if (raw.destroyed) abort();
    else raw.once("close", abort);
    return controller.signal;
  };
}
