import { AppError } from "../kit/errors.ts";
import type { Viewer } from "../request.ts";

/**
 * Whether a viewer may see an agent's pops. A key with an agent id may see that agent's only; a key without one may see
 * anybody's, unless its role is agent.
 */
export function checkAgent({ role, agentId: own }: Viewer, agentId: string): void {
  if (own === null && role !== "agent") return;
  if (own === agentId) return;
  throw new AppError(
    "FORBIDDEN",
    own === null
      ? "An agent's key must say whose it is: ask for one with an agent id."
      : "This key may only name its own agent.",
    ["agentId"],
  );
}
