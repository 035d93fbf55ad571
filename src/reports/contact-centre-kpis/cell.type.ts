import { Field, InputType, registerEnumType } from "type-graphql";
import { enumOf } from "../../kit/enum.ts";
import { maybe, sure } from "../../kit/field.ts";
import { DateTime } from "../../kit/scalars.ts";
import { KpiInput } from "./contact-centre-kpis.type.ts";

const KPI_PARTS = ["NUMERATOR", "DENOMINATOR", "KNOWN", "ELIGIBLE"] as const;
export type KpiPart = (typeof KPI_PARTS)[number];
const KpiPartEnum = enumOf(KPI_PARTS);
registerEnumType(KpiPartEnum, {
  name: "KpiPart",
  description: "Which part of a key figure.",
  valuesConfig: {
    NUMERATOR: { description: "What is divided: the transferred legs of a transfer rate, the seconds of an average." },
    DENOMINATOR: { description: "What divides it: the legs or contacts that say what the figure needs." },
    KNOWN: { description: "Those of its `coverage` that say what it needs." },
    ELIGIBLE: { description: "All of its `coverage`." },
  },
});

/** One and the same, as TypeGraphQL compares the two places that state a default. */
const NO_GROUP: (string | null)[] = [];

@InputType({ description: "A key figure of one row." })
export class KpiCellInput {
  @Field(
    () => String,
    sure(
      "The field of the row: handled, transferRate; of a list with the method or the currency: serviceLevels/ALL_IN, firstContactResolution/FLAG, costPerContact/EUR.",
    ),
  )
  figure!: string;

  @Field(() => KpiPartEnum, {
    defaultValue: "NUMERATOR",
    description: "Which part of a rate or an average. A count has the first alone.",
  })
  part: KpiPart = "NUMERATOR";

  @Field(() => [String], {
    nullable: "items",
    defaultValue: NO_GROUP,
    description: "The values of the row's `group`, in order; null for none.",
  })
  group: (string | null)[] = NO_GROUP;

  @Field(() => String, maybe("The row's facet; null for legs in none."))
  facet?: string | null;

  @Field(() => DateTime, maybe("The row's `bucketStart`."))
  bucketStart?: Date | null;
}

@InputType({ description: "Key figures, and one of their cells." })
export class KpiPeopleInput {
  @Field(() => KpiInput, sure("The report as it was asked for."))
  report!: KpiInput;

  @Field(() => KpiCellInput, sure("The cell."))
  cell!: KpiCellInput;
}
