// What the samples of several reports ask: the printed statements are for reviewers and for EXPLAIN.

export const NOVEMBER = { from: new Date("2026-11-01T00:00:00Z"), to: new Date("2026-12-01T00:00:00Z") };
