import { Field, InputType, registerEnumType } from "type-graphql";
import { enumOf } from "../../kit/enum.ts";
import { sure } from "../../kit/field.ts";
import { OverlapInput } from "./overlap.type.ts";

const OVERLAP_FIGURES = ["REGION", "MEMBERS", "UNION", "UNIDENTIFIED"] as const;
export type OverlapFigure = (typeof OVERLAP_FIGURES)[number];
const OverlapFigureEnum = enumOf(OVERLAP_FIGURES);
registerEnumType(OverlapFigureEnum, {
  name: "OverlapFigure",
  description: "A figure of an overlap.",
  valuesConfig: {
    REGION: { description: "Those in exactly the sets named, and in no other." },
    MEMBERS: { description: "Those in all of the sets named: a set's `count` by its name, a pair's `both` by two." },
    UNION: { description: "Those in any set; names none." },
    UNIDENTIFIED: { description: "Records in any set that nothing identifies; names none." },
  },
});

/** One and the same, as TypeGraphQL compares the two places that state a default. */
const NO_SETS: string[] = [];

@InputType({ description: "A cell of an overlap." })
export class OverlapCellInput {
  @Field(() => OverlapFigureEnum, { defaultValue: "REGION", description: "Which of its figures." })
  figure: OverlapFigure = "REGION";

  @Field(() => [String], { defaultValue: NO_SETS, description: "Names of sets, as the answer has them." })
  sets: string[] = NO_SETS;
}

@InputType({ description: "An overlap, and one of its cells." })
export class OverlapPeopleInput {
  @Field(() => OverlapInput, sure("The report as it was asked for."))
  report!: OverlapInput;

  @Field(() => OverlapCellInput, sure("The cell."))
  cell!: OverlapCellInput;
}
