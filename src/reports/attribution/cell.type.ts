import { Field, InputType, Int, registerEnumType } from "type-graphql";
import { enumOf } from "../../kit/enum.ts";
import { maybe, sure } from "../../kit/field.ts";
import { AttributionInput, type NoTouchReason, NoTouchReasonEnum } from "./attribution.type.ts";

const ATTRIBUTION_FIGURES = [
  "CREDIT",
  "CONVERSIONS",
  "ATTRIBUTED",
  "OTHER_ROWS",
  "UNATTRIBUTED",
  "TOTAL",
  "ALL_CONVERSIONS",
  "OTHER_CURRENCIES",
] as const;
export type AttributionFigure = (typeof ATTRIBUTION_FIGURES)[number];
const AttributionFigureEnum = enumOf(ATTRIBUTION_FIGURES);
registerEnumType(AttributionFigureEnum, {
  name: "AttributionFigure",
  description: "A figure of attribution. A share is of the unit that the report measures.",
  valuesConfig: {
    CREDIT: { description: "What the model credits to `item`, or to the part of it with one `split`." },
    CONVERSIONS: { description: "Conversions with a touch of `item`." },
    ATTRIBUTED: { description: "All that the model attributes." },
    OTHER_ROWS: { description: "What it credits to the items that are not shown." },
    UNATTRIBUTED: { description: "What no touch led to, for one `reason` or for all." },
    TOTAL: { description: "What all conversions are worth." },
    ALL_CONVERSIONS: { description: "All conversions." },
    OTHER_CURRENCIES: { description: "Conversions that are worth money in another currency." },
  },
});

@InputType({ description: "A cell of attribution." })
export class AttributionCellInput {
  @Field(() => AttributionFigureEnum, { defaultValue: "CREDIT", description: "Which of its figures." })
  figure: AttributionFigure = "CREDIT";

  @Field(() => Int, { defaultValue: 1, description: "The place of the model among the report's `models`, from 1." })
  model: number = 1;

  @Field(() => String, maybe("The row's item; of CREDIT and CONVERSIONS only."))
  item?: string | null;

  @Field(
    () => String,
    maybe("A value of the row's `split`, null for conversions without one; all of them when left out. Of CREDIT only."),
  )
  split?: string | null;

  @Field(() => NoTouchReasonEnum, maybe("Of UNATTRIBUTED only; all of them when left out."))
  reason?: NoTouchReason | null;
}

@InputType({ description: "Attribution, and one of its cells." })
export class AttributionPeopleInput {
  @Field(() => AttributionInput, sure("The report as it was asked for."))
  report!: AttributionInput;

  @Field(() => AttributionCellInput, sure("The cell."))
  cell!: AttributionCellInput;
}
