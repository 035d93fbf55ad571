// What a report's root case asks with: the story's only contact is Ann's one call about billing.

export const DAY = 'period: { from: "2026-11-20T00:00:00Z", to: "2026-11-21T00:00:00Z" }';
export const NEVER = 'period: { from: "2026-11-21T00:00:00Z", to: "2026-11-20T00:00:00Z" }';
export const CALLS = "{ channels: [VOICE] }";
