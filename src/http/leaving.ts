import type { FastifyReply } from "fastify";

/** A signal that aborts when the client closes its connection before the answer. */
export function leaving({ raw }: Pick<FastifyReply, "raw">): AbortSignal {
  const controller = new AbortController();
  raw.once("close", () => {
    if (!raw.writableFinished) controller.abort();
  });
  return controller.signal;
}
