import { AppError } from "../kit/errors.ts";
import type { Viewer } from "../request.ts";

/**
 * Whether a viewer may see an agent's pops. A key with an agent id may see that agent's only; a key without one may see
 * anybody's, unless its role is agent.
 */
export function maySeePopsOf({ role, agentId: own }: Viewer, agentId: string): boolean {
  return own === null ? role !== "agent" : own === agentId;
}

/** FORBIDDEN where a viewer may not see an agent's pops. */
export function checkAgent(viewer: Viewer, agentId: string): void {
  if (maySeePopsOf(viewer, agentId)) return;
  throw new AppError(
    "FORBIDDEN",
    viewer.agentId === null
      ? "An agent's key must say whose it is: ask for one with an agent id."
      : "This key may only name its own agent.",
    ["agentId"],
  );
}
