import type { BehindPage } from "../journeys/behind.ts";
import type { Journeys } from "../journeys/journeys.ts";
import type { Example } from "../kit/example.ts";
import type { Table } from "../kit/table.ts";
import type { PeopleReportType } from "./people.type.ts";

/** All that is particular to one report: its field of GraphQL, its address, its CSV and its documentation follow. */
export interface ReportDeclaration<Answer = object, Input = object> {
  /** Its name in addresses: `call-propensity`. The field of Query is the same in camel case. */
  readonly name: string;
  readonly resolver: new () => object;
  readonly table: ReportTable<Answer, Input>;
  /** Finds who is behind one of its cells; its input is the field of PeopleInput that is called as the query is. */
  readonly people: Opener;
  /** What its input must say beside the period. */
  readonly example: Example<Input>;
}

/** `cell` is the report as it was asked for, and where in its answer the figure stands. */
// biome-ignore lint/suspicious/noExplicitAny: each report has cells of its own, which GraphQL has checked.
type Opener = (journeys: Journeys, cell: any, page: BehindPage) => Promise<PeopleReportType>;

/** How a report becomes one table, and what a reader of the table has to know. */
export interface ReportTable<Answer = object, Input = object> {
  readonly about: string;
  of(answer: Answered<Answer>, input: Example<Input>): Table;
}

/** An answer as JSON brings it: instants are texts. */
export type Answered<Value> = Value extends Date
  ? string
  : Value extends readonly (infer Item)[]
    ? readonly Answered<Item>[]
    : Value extends object
      ? { readonly [Key in keyof Value]: Answered<Value[Key]> }
      : Value;

/** Its field of Query. */
export function fieldOf(name: string): string {
  return name.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());
}
