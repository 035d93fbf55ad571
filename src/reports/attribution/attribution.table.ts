import type { Cell } from "../../kit/table.ts";
import { splitRows } from "../cells.ts";
import type { Answered, ReportTable } from "../declaration.ts";
import type { AttributionModelResultType, AttributionReportType } from "./attribution.type.ts";

export const attributionTable: ReportTable<AttributionReportType> = {
  about:
    "`part` says what a row is, for each `model`: ITEM; ITEM_SPLIT, a part of the ITEM above it; OTHER_ITEMS, those beyond `first`; UNATTRIBUTED, by reason in `item`; TOTAL. ITEM, OTHER_ITEMS and UNATTRIBUTED add up to TOTAL, PARTICIPATION's apart.",

  of: ({ models, conversions, total }) => ({
    columns: ["model", "part", "item", "section", "split", "credit", "share", "conversions"],
    rows: models.flatMap((result) =>
      [...rowsOf(result), { part: "TOTAL", credit: total, conversions }].map((row) => ({ model: result.kind, ...row })),
    ),
  }),
};

function rowsOf({ rows, otherRows, unattributed }: Answered<AttributionModelResultType>): Record<string, Cell>[] {
  return [
    ...rows.flatMap(({ split, ...row }) => [{ part: "ITEM", ...row }, ...splitRows({ ...row, split })]),
    { part: "OTHER_ITEMS", credit: otherRows },
    ...unattributed.byReason.map(({ reason, value }) => ({ part: "UNATTRIBUTED", item: reason, credit: value })),
  ];
}
