import { Field, InputType, registerEnumType } from "type-graphql";
import type { MatchMethod } from "../../fields/choices.ts";
import { MatchMethodEnum } from "../../fields/choices.type.ts";
import { enumOf } from "../../kit/enum.ts";
import { maybe, sure } from "../../kit/field.ts";
import { MatchQualityInput } from "./match-quality.type.ts";

const MATCH_QUALITY_FIGURES = [
  "CALLS",
  "MATCHED",
  "OUT_OF_SESSION",
  "OFFLINE",
  "NO_IDENTITY",
  "UNUSABLE",
  "TOUCHPOINTS",
  "IDENTIFIED_BEFORE",
  "IDENTIFIED_AFTER",
] as const;
export type MatchQualityFigure = (typeof MATCH_QUALITY_FIGURES)[number];
const MatchQualityFigureEnum = enumOf(MATCH_QUALITY_FIGURES);
registerEnumType(MatchQualityFigureEnum, {
  name: "MatchQualityFigure",
  description: "A figure of match quality. Whose the shared identities are is not among them.",
  valuesConfig: {
    CALLS: { description: "Calls." },
    MATCHED: { description: "Calls tied to a visit." },
    OUT_OF_SESSION: { description: "Calls out of session." },
    OFFLINE: { description: "Calls of customers never seen on the web." },
    NO_IDENTITY: { description: "Calls that nothing identifies." },
    UNUSABLE: { description: "Calls that are unusable." },
    TOUCHPOINTS: { description: "Touchpoints, legs included: what the shares of identified ones divide by." },
    IDENTIFIED_BEFORE: { description: "Touchpoints that carried an ANCHOR or PERSONAL identity." },
    IDENTIFIED_AFTER: { description: "Touchpoints whose customer has one now." },
  },
});

@InputType({ description: "A cell of match quality." })
export class MatchQualityCellInput {
  @Field(() => MatchQualityFigureEnum, sure("Which of its figures."))
  figure!: MatchQualityFigure;

  @Field(() => String, maybe("Of this source's calls; of all when left out."))
  source?: string | null;

  @Field(() => MatchMethodEnum, maybe("Of the calls matched in this way; of MATCHED only."))
  method?: MatchMethod | null;
}

@InputType({ description: "Match quality, and one of its cells." })
export class MatchQualityPeopleInput {
  @Field(() => MatchQualityInput, sure("The report as it was asked for."))
  report!: MatchQualityInput;

  @Field(() => MatchQualityCellInput, sure("The cell."))
  cell!: MatchQualityCellInput;
}
