import type { ReportTable } from "../declaration.ts";
import type { OverlapReportType } from "./overlap.type.ts";

export const overlapTable: ReportTable<OverlapReportType> = {
  about:
    "`part` says what a row counts: REGION is exclusive (the regions add up to UNION), SET and PAIR are whole. `sets` are joined by ` & `.",

  of: ({ sets, regions, pairs, union, unidentified }) => ({
    columns: ["part", "sets", "count", "jaccard", "containment"],
    rows: [
      ...sets.map(({ name, count }) => ({ part: "SET", sets: name, count })),
      ...regions.map(({ sets: names, count }) => ({ part: "REGION", sets: together(names), count })),
      ...pairs.map(({ a, b, both, ...rest }) => ({ part: "PAIR", sets: together([a, b]), count: both, ...rest })),
      { part: "UNION", count: union },
      { part: "UNIDENTIFIED", count: unidentified },
    ],
  }),
};

function together(names: readonly string[]): string {
  return names.join(" & ");
}
