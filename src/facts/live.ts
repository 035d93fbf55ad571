export const POP_STATES = ["RINGING", "TRANSFERRED_AWAY", "ENDED", "EXPIRED"] as const;
export type PopState = (typeof POP_STATES)[number];

/** The channel on which writers notify readers. The message is empty: readers look for themselves. */
export const LIVE_CHANNEL = "customer360_live";

/** The stream of one agent's screen. */
export function popStream(agentId: string): string {
  return `pops/${agentId}`;
}
