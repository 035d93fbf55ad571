import { Field, InputType, Int, registerEnumType } from "type-graphql";
import { enumOf } from "../../kit/enum.ts";
import { maybe, sure } from "../../kit/field.ts";
import { HistogramInput } from "./histogram.type.ts";

const HISTOGRAM_FIGURES = ["BUCKET", "CUSTOMERS", "TOTAL", "UNIDENTIFIED"] as const;
export type HistogramFigure = (typeof HISTOGRAM_FIGURES)[number];
const HistogramFigureEnum = enumOf(HISTOGRAM_FIGURES);
registerEnumType(HistogramFigureEnum, {
  name: "HistogramFigure",
  description: "A figure of a histogram.",
  valuesConfig: {
    BUCKET: { description: "Customers in the bucket that begins at `from`." },
    CUSTOMERS: { description: "Customers in all buckets." },
    TOTAL: { description: "Events counted for them; a share is how many are the customer's." },
    UNIDENTIFIED: { description: "Events that nothing identifies." },
  },
});

@InputType({ description: "A cell of a histogram." })
export class HistogramCellInput {
  @Field(() => HistogramFigureEnum, { defaultValue: "BUCKET", description: "Which of its figures." })
  figure: HistogramFigure = "BUCKET";

  @Field(() => Int, maybe("The bucket's `from`, as the answer has it; of BUCKET only."))
  from?: number | null;
}

@InputType({ description: "A histogram, and one of its cells." })
export class HistogramPeopleInput {
  @Field(() => HistogramInput, sure("The report as it was asked for."))
  report!: HistogramInput;

  @Field(() => HistogramCellInput, sure("The cell."))
  cell!: HistogramCellInput;
}
