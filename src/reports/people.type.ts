import { ArgsType, Field, Float, ID, Int, ObjectType } from "type-graphql";
import { maybe, sure } from "../kit/field.ts";
import { DEFAULT_PAGE, MAX_PAGE } from "../kit/page.ts";
import { PageInfoType } from "../kit/page.type.ts";
import { KnownReport } from "./known.type.ts";
import { MAX_PEOPLE } from "./people.ts";

@ArgsType()
export class PeoplePageArgs {
  @Field(
    () => Int,
    maybe(
      `Customers from the start of the list, or after a cursor: 1 to ${MAX_PEOPLE}, or ${MAX_PAGE} with \`customer\`; ${DEFAULT_PAGE} when left out.`,
    ),
  )
  first?: number | null;

  @Field(() => String, maybe("Only what comes after this cursor."))
  after?: string | null;
}

@ObjectType("CustomerShare", { description: "A customer behind a figure, and how much of it is theirs." })
export class CustomerShareType {
  @Field(() => ID, sure("The customer's id, as it was known at the report's `knownAt`."))
  customerId!: string;

  @Field(
    () => Float,
    sure(
      "What they add to the figure, in its unit: 1 where it counts customers, their sessions, calls, credit or money.",
    ),
  )
  share!: number;
}

@ObjectType("PeopleReport", { description: "The customers behind one figure of a report." })
export class PeopleReportType extends KnownReport {
  @Field(
    () => Int,
    sure("How many they are; records that nothing identifies are one each, where the figure counts them."),
  )
  customers!: number;

  @Field(
    () => Int,
    sure("Those of them that something identifies: what a report's column of customers counts of these units."),
  )
  identified!: number;

  @Field(
    () => Float,
    sure(
      "All their shares together: the figure as its report shows it, but for what several customers have in common.",
    ),
  )
  figure!: number;

  @Field(() => [CustomerShareType], sure("The page of them, by id."))
  nodes!: CustomerShareType[];

  @Field(() => PageInfoType, sure("Where the page lies in the list."))
  pageInfo!: PageInfoType;
}
