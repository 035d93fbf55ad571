import { Field, InputType, registerEnumType } from "type-graphql";
import { enumOf } from "../../kit/enum.ts";
import { maybe, sure } from "../../kit/field.ts";
import { CallPropensityInput } from "./call-propensity.type.ts";

const PROPENSITY_FIGURES = ["EXPOSURES", "CONVERSIONS", "COST", "CREDIT", "SESSIONS", "CONVERTED_SESSIONS"] as const;
export type PropensityFigure = (typeof PROPENSITY_FIGURES)[number];
const PropensityFigureEnum = enumOf(PROPENSITY_FIGURES);
registerEnumType(PropensityFigureEnum, {
  name: "PropensityFigure",
  description: "A figure of call propensity.",
  valuesConfig: {
    EXPOSURES: { description: "Sessions with `item`." },
    CONVERSIONS: { description: "Those that a call followed." },
    COST: { description: "What those calls cost, in `currency`." },
    CREDIT: { description: "What the model credits to `item`, or to the part of it with one `split`." },
    SESSIONS: { description: "Sessions with any item: what `overallRate` divides by." },
    CONVERTED_SESSIONS: { description: "Those that a call followed: what `overallRate` divides." },
  },
});

@InputType({ description: "A cell of call propensity." })
export class PropensityCellInput {
  @Field(() => PropensityFigureEnum, { defaultValue: "CONVERSIONS", description: "Which of its figures." })
  figure: PropensityFigure = "CONVERSIONS";

  @Field(() => String, maybe("The row's item; not of SESSIONS and CONVERTED_SESSIONS."))
  item?: string | null;

  @Field(() => String, maybe("ISO 4217 code; of COST only."))
  currency?: string | null;

  @Field(
    () => String,
    maybe("A value of the row's `split`, null for calls without one; all of them when left out. Of CREDIT only."),
  )
  split?: string | null;
}

@InputType({ description: "Call propensity, and one of its cells." })
export class PropensityPeopleInput {
  @Field(() => CallPropensityInput, sure("The report as it was asked for."))
  report!: CallPropensityInput;

  @Field(() => PropensityCellInput, sure("The cell."))
  cell!: PropensityCellInput;
}
