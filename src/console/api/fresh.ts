import { type Exchange, makeOperation, mapExchange, type Operation } from "urql";

/** How long an answer counts as current. */
const FRESH_MS = 15_000;

/**
 * Shows the cached answer at once and asks again once it is old: a customer who is opened twice in a shift must not
 * look as they did in the morning.
 */
export function freshExchange(now: () => number = Date.now): Exchange {
  const answeredAt = new Map<number, number>();
  return mapExchange({
    onOperation(operation) {
      const age = now() - (answeredAt.get(operation.key) ?? now());
      return age > FRESH_MS && isPatient(operation) ? again(operation) : operation;
    },
    onResult({ operation, stale }) {
      if (operation.kind === "query" && !stale && operation.context.meta?.cacheOutcome !== "hit") {
        answeredAt.set(operation.key, now());
      }
    },
  });
}

function isPatient({ kind, context }: Operation): boolean {
  return kind === "query" && context.requestPolicy === "cache-first";
}

function again(operation: Operation): Operation {
  return makeOperation(operation.kind, operation, { ...operation.context, requestPolicy: "cache-and-network" });
}
