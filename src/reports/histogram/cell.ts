import { behindFold, takeFrom } from "../../journeys/behind.ts";
import { noSuchCell, wrongCell } from "../people.ts";
import type { HistogramCellInput, HistogramFigure } from "./cell.type.ts";
import { type HistogramPlan, histogramFold } from "./histogram.fold.ts";

interface HistogramCell {
  figure: HistogramFigure;
  bucket: number;
}

export const histogramBehind = behindFold({
  fold: histogramFold,
  take(tally, { figure, bucket }: HistogramCell) {
    const { customers, events, unidentified } = tally;
    switch (figure) {
      case "BUCKET":
        return takeFrom(customers, bucket);
      case "CUSTOMERS":
        return customers.reduce((sum, _, i) => sum + takeFrom(customers, i), 0);
      case "TOTAL":
        tally.events = 0;
        return events;
      case "UNIDENTIFIED":
        tally.unidentified = 0;
        return unidentified;
    }
  },
});

export function histogramCellOf({ bounds }: HistogramPlan, { figure, from }: HistogramCellInput): HistogramCell {
  if (figure !== "BUCKET") {
    if (from == null) return { figure, bucket: -1 };
    throw wrongCell(`${figure} is one figure: leave out \`from\`.`);
  }
  if (from == null) throw wrongCell("Name the bucket's `from`.");
  if (!bounds.includes(from)) throw noSuchCell("bucket from", `${from}`, bounds.map(String));
  return { figure, bucket: bounds.indexOf(from) };
}
