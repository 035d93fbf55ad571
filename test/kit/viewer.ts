/** The bounds of a viewer whose key is bound to nothing. */
export const BOUND_TO_NOTHING = { agentId: null, sources: ["*"], teams: [], callCentreIds: [] };
