import { Field, ID, InputType, registerEnumType } from "type-graphql";
import { enumOf } from "../../kit/enum.ts";
import { maybe, sure } from "../../kit/field.ts";
import { FlowInput } from "./flow.type.ts";

const FLOW_FIGURES = ["COUNT", "CUSTOMERS"] as const;
export type FlowFigure = (typeof FLOW_FIGURES)[number];
const FlowFigureEnum = enumOf(FLOW_FIGURES);
registerEnumType(FlowFigureEnum, {
  name: "FlowFigure",
  description: "A figure of a node or a link.",
  valuesConfig: {
    COUNT: { description: "Paths; a share is how many are the customer's." },
    CUSTOMERS: { description: "Identified customers, each once; of a node only." },
  },
});

@InputType({ description: "A node or a link of a flow." })
export class FlowCellInput {
  @Field(() => ID, sure("The node's id, or that of the node which the link comes from."))
  node!: string;

  @Field(() => ID, maybe("The id of the node which the link leads to; of the node itself when left out."))
  target?: string | null;

  @Field(() => FlowFigureEnum, { defaultValue: "COUNT", description: "Which of its figures." })
  figure: FlowFigure = "COUNT";
}

@InputType({ description: "A flow, and one of its cells." })
export class FlowPeopleInput {
  @Field(() => FlowInput, sure("The report as it was asked for."))
  report!: FlowInput;

  @Field(() => FlowCellInput, sure("The cell."))
  cell!: FlowCellInput;
}
