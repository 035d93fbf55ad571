/** The bounds of a viewer whose key is bound to nothing. */
export const BOUND_TO_NOTHING = {
  ...{ id: "test", agentId: null, sources: ["*"], teams: [], callCentreIds: [], networks: [], expiresAt: null },
};
