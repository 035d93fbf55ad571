import type { Db } from "../../db/client.ts";
import { MATCH_METHODS, type MatchStatus } from "../../fields/choices.ts";
import { AppError } from "../../kit/errors.ts";
import { groupBy } from "../../kit/group.ts";
import { checkPeriod } from "../check.ts";
import { callsSql, IdentifiedRow, identifiedSql, MatchCount } from "./match-quality.sql.ts";
import type { MatchQualityInput, MatchQualityReportType, SourceMatchType } from "./match-quality.type.ts";

/** How many calls were tied to the web, and how many touchpoints to somebody, before stitching and after. */
export async function readMatchQuality(db: Db, input: MatchQualityInput): Promise<MatchQualityReportType> {
  check(input);
  const rows = await db.rows(MatchCount, callsSql(input));
  const [touchpoints] = await db.rows(IdentifiedRow, identifiedSql(input));
  const having = (status: MatchStatus) => sumOf(rows.filter((row) => row.status === status));
  return {
    calls: sumOf(rows),
    matched: having("MATCHED"),
    outOfSession: having("OUT_OF_SESSION"),
    offline: having("OFFLINE"),
    noIdentity: having("NO_IDENTITY"),
    unusable: having("UNUSABLE"),
    matchRate: rateOf(rows),
    byMethod: MATCH_METHODS.map((method) => ({
      method,
      count: sumOf(rows.filter((row) => row.status === "MATCHED" && row.method === method)),
    })),
    bySource: bySource(rows),
    identifiedBefore: share(touchpoints!.before, touchpoints!.touchpoints),
    identifiedAfter: share(touchpoints!.after, touchpoints!.touchpoints),
    sharedIdentities: touchpoints!.shared,
  };
}

function check({ period, sources }: MatchQualityInput): void {
  checkPeriod(period);
  if (sources?.length === 0) {
    throw new AppError("BAD_INPUT", "An empty `sources` matches nothing: leave it out, or name at least one.", [
      "sources",
    ]);
  }
}

function bySource(rows: readonly MatchCount[]): SourceMatchType[] {
  return [...groupBy(rows, (row) => row.source)]
    .map(([source, own]) => ({
      source,
      calls: sumOf(own),
      matched: sumOf(own.filter((row) => row.status === "MATCHED")),
      matchRate: rateOf(own),
    }))
    .sort((a, b) => b.calls - a.calls || (a.source < b.source ? -1 : 1));
}

function rateOf(rows: readonly MatchCount[]): number | null {
  const usable = rows.filter((row) => row.status !== "UNUSABLE");
  return share(sumOf(usable.filter((row) => row.status === "MATCHED")), sumOf(usable));
}

function sumOf(rows: readonly MatchCount[]): number {
  return rows.reduce((sum, row) => sum + row.calls, 0);
}

function share(part: number, whole: number): number | null {
  return whole === 0 ? null : part / whole;
}
