import {
  type GraphQLField,
  type GraphQLInputType,
  type GraphQLOutputType,
  type GraphQLSchema,
  getNamedType,
  isObjectType,
} from "graphql";
import { fieldOf, type ReportDeclaration } from "../../reports/declaration.ts";
import { REPORTS } from "../../reports/reports.ts";

/** A report for callers that speak no GraphQL. */
export interface ReportField extends Omit<ReportDeclaration, "resolver" | "people"> {
  /** Its field in Query: `callPropensity`. */
  field: string;
  description: string;
  input: GraphQLInputType;
  answer: GraphQLOutputType;
  /** A document that selects all its fields; its one variable is `input`. */
  query: string;
}

/** Every report, with its types and descriptions in the schema. */
export function reportsOf(schema: GraphQLSchema): ReportField[] {
  return REPORTS.map(({ name, table, example }) => {
    const { name: field, type: answer, description, args } = reportField(schema, name);
    const input = args.find((argument) => argument.name === "input")!.type;
    const query = `query($input: ${input}) { ${field}(input: $input)${selectionOf(answer)} }`;
    return { name, table, example, field, description: description ?? "", input, answer, query };
  });
}

type Field = GraphQLField<unknown, unknown>;

function reportField(schema: GraphQLSchema, name: string): Field {
  const field = schema.getQueryType()?.getFields()[fieldOf(name)];
  if (!field) throw new Error(`The resolver of the report ${name} has no query ${fieldOf(name)}.`);
  return field;
}

function selectionOf(type: GraphQLOutputType): string {
  const named = getNamedType(type);
  if (!isObjectType(named)) return "";
  const fields = Object.values(named.getFields()).map((field) => `${field.name}${selectionOf(field.type)}`);
  return ` { ${fields.join(" ")} }`;
}
