import { type GraphQLInputType, type GraphQLOutputType, type GraphQLSchema, getNamedType, isObjectType } from "graphql";
import { fieldOf, type ReportDeclaration } from "../../reports/declaration.ts";
import { peopleTable } from "../../reports/people.table.ts";
import { MAX_PEOPLE } from "../../reports/people.ts";
import { REPORTS } from "../../reports/reports.ts";

/** A report for callers that speak no GraphQL. */
export interface ReportField extends Omit<ReportDeclaration, "resolver" | "people"> {
  /** Its field in Query: `callPropensity`. */
  field: string;
  description: string;
  input: GraphQLInputType;
  answer: GraphQLOutputType;
  /** A document that selects all its fields; its variable is `input`, and of a list `first` and `after` too. */
  query: string;
  /** Of a list, the most rows of a page. */
  most: number | null;
}

/** What has an address under /v1/reports. */
export const addressedIn = (schema: GraphQLSchema): ReportField[] => [...reportsOf(schema), peopleOf(schema)];

/** Every report, with its types and descriptions in the schema. */
export function reportsOf(schema: GraphQLSchema): ReportField[] {
  return REPORTS.map((declared) => {
    const { name: field, type: answer, description, input } = reportField(schema, declared.name);
    const query = `query($input: ${input}) { ${field}(input: $input)${selectionOf(answer)} }`;
    return { ...told(declared), field, description, input, answer, query, most: null };
  });
}

/** Who is behind a figure of one, page by page; their profiles are read through GraphQL alone. */
function peopleOf(schema: GraphQLSchema): ReportField {
  const { name: field, type: answer, description, input } = reportField(schema, "people");
  const page = "$first: Int, $after: String";
  const own =
    "customers identified figure nodes { customerId share } pageInfo { hasNextPage endCursor } knownAt forgottenSince excludedByConsent wholeSince archivedMonths";
  const query = `query($input: ${input}, ${page}) { ${field}(input: $input, first: $first, after: $after) { ${own} } }`;
  const [web, call] = [{ channels: ["WEB"] }, { channels: ["VOICE"] }];
  const sets = [
    { name: "web", matcher: web },
    { name: "call", matcher: call },
  ];
  const report = { period: { from: "2026-03-01T00:00:00Z", to: "2026-04-01T00:00:00Z" }, sets };
  const example = { overlap: { report, cell: { figure: "UNION" } } };
  return { name: "people", table: peopleTable, example, field, description, input, answer, query, most: MAX_PEOPLE };
}

const told = ({ name, table, example }: ReportDeclaration) => ({ name, table, example });

function reportField(schema: GraphQLSchema, name: string) {
  const field = schema.getQueryType()?.getFields()[fieldOf(name)];
  if (!field) throw new Error(`The resolver of the report ${name} has no query ${fieldOf(name)}.`);
  const input = field.args.find((argument) => argument.name === "input")!.type;
  return { name: field.name, type: field.type, description: field.description ?? "", input };
}

function selectionOf(type: GraphQLOutputType): string {
  const named = getNamedType(type);
  if (!isObjectType(named)) return "";
  const fields = Object.values(named.getFields()).map((field) => `${field.name}${selectionOf(field.type)}`);
  return ` { ${fields.join(" ")} }`;
}
