import type { ReportTable } from "../declaration.ts";
import type { MatchQualityReportType } from "./match-quality.type.ts";

export const matchQualityTable: ReportTable<MatchQualityReportType> = {
  about: "`part` says what a row counts: TOTAL, a METHOD of matching, or a SOURCE of calls.",

  of: ({ byMethod, bySource, archivedMonths: _, ...total }) => ({
    columns: ["part", "name", ...COUNTS, "identifiedBefore", "identifiedAfter", "sharedIdentities"],
    rows: [
      { part: "TOTAL", ...total },
      ...byMethod.map(({ method, count }) => ({ part: "METHOD", name: method, matched: count })),
      ...bySource.map(({ source, ...row }) => ({ part: "SOURCE", name: source, ...row })),
    ],
  }),
};

const COUNTS = ["calls", "matched", "outOfSession", "offline", "noIdentity", "unusable", "matchRate"];
