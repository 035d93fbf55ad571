import { Field, InputType, Int, registerEnumType } from "type-graphql";
import { enumOf } from "../../kit/enum.ts";
import { maybe, sure } from "../../kit/field.ts";
import { DateTime } from "../../kit/scalars.ts";
import { CohortsInput } from "./cohorts.type.ts";

const COHORT_FIGURES = ["CUSTOMERS", "ELIGIBLE", "RETURNED", "CHURNED"] as const;
export type CohortFigure = (typeof COHORT_FIGURES)[number];
const CohortFigureEnum = enumOf(COHORT_FIGURES);
registerEnumType(CohortFigureEnum, {
  name: "CohortFigure",
  description: "A figure of a cohort.",
  valuesConfig: {
    CUSTOMERS: { description: "All its customers; it has no `offset`." },
    ELIGIBLE: { description: "Those for whom the interval at `offset` lies in the period." },
    RETURNED: { description: "Those of them who returned in it." },
    CHURNED: { description: "Those of them who did not." },
  },
});

@InputType({ description: "A cell of cohorts." })
export class CohortCellInput {
  @Field(() => DateTime, maybe("The row's `start`; not with a `dimension`."))
  start?: Date | null;

  @Field(() => String, maybe("With a `dimension`, the row's value; null for none."))
  value?: string | null;

  @Field(() => CohortFigureEnum, { defaultValue: "CUSTOMERS", description: "Which of its figures." })
  figure: CohortFigure = "CUSTOMERS";

  @Field(() => Int, maybe("The cell's `offset`."))
  offset?: number | null;
}

@InputType({ description: "Cohorts, and one of their cells." })
export class CohortsPeopleInput {
  @Field(() => CohortsInput, sure("The report as it was asked for."))
  report!: CohortsInput;

  @Field(() => CohortCellInput, sure("The cell."))
  cell!: CohortCellInput;
}
