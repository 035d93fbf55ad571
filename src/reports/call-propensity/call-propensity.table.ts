import { moneyCells, splitRows } from "../cells.ts";
import type { ReportTable } from "../declaration.ts";
import type { CallPropensityReportType } from "./call-propensity.type.ts";

export const callPropensityTable: ReportTable<CallPropensityReportType> = {
  about: "`part` says what a row is: ITEM; ITEM_SPLIT, a part of the credit above it; OVERALL, whose rate is of all.",

  of: ({ rows, overallRate }) => ({
    columns: ["part", "item", "split", ...COUNTS, "costAmount", "costCurrency"],
    rows: [
      ...rows.flatMap(({ split, cost, ...row }) => [
        { part: "ITEM", ...row, ...moneyCells("cost", cost) },
        ...splitRows({ ...row, split }),
      ]),
      { part: "OVERALL", rate: overallRate },
    ],
  }),
};

const COUNTS = ["exposures", "conversions", "rate", "rateLow", "rateHigh", "credit"];
