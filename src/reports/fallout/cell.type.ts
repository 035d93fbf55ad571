import { Field, InputType, Int, registerEnumType } from "type-graphql";
import { enumOf } from "../../kit/enum.ts";
import { maybe, sure } from "../../kit/field.ts";
import { FalloutInput } from "./fallout.type.ts";

const FALLOUT_FIGURES = ["COUNT", "DROPPED", "PENDING"] as const;
export type FalloutFigure = (typeof FALLOUT_FIGURES)[number];
const FalloutFigureEnum = enumOf(FALLOUT_FIGURES);
registerEnumType(FalloutFigureEnum, {
  name: "FalloutFigure",
  description: "A figure of a fallout's step.",
  valuesConfig: {
    COUNT: { description: "Those who took it." },
    DROPPED: { description: "Those who came to the line before and no further, and no longer can." },
    PENDING: { description: "Those who came to the line before and still have time left." },
  },
});

@InputType({ description: "A cell of a fallout." })
export class FalloutCellInput {
  @Field(() => Int, sure("The line, from 1; with `includeAll` the first is everybody."))
  step!: number;

  @Field(() => FalloutFigureEnum, { defaultValue: "COUNT", description: "Which of its figures." })
  figure: FalloutFigure = "COUNT";

  @Field(() => String, maybe("The facet's name; of everybody when left out."))
  facet?: string | null;
}

@InputType({ description: "A fallout, and one of its cells." })
export class FalloutPeopleInput {
  @Field(() => FalloutInput, sure("The report as it was asked for."))
  report!: FalloutInput;

  @Field(() => FalloutCellInput, sure("The cell."))
  cell!: FalloutCellInput;
}
