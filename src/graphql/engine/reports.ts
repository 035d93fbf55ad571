import {
  defaultFieldResolver,
  type GraphQLField,
  type GraphQLInputType,
  type GraphQLOutputType,
  type GraphQLSchema,
  getNamedType,
  isObjectType,
} from "graphql";
import { fieldOf, type ReportDeclaration } from "../../reports/declaration.ts";
import { REPORTS } from "../../reports/reports.ts";
import type { RequestContext } from "../../request.ts";
import { ROOT_SCOPES } from "./policy.ts";

/** A report for callers that speak no GraphQL. */
export interface ReportField extends Omit<ReportDeclaration, "resolver" | "sample"> {
  /** Its field in Query: `callPropensity`. */
  field: string;
  description: string;
  input: GraphQLInputType;
  answer: GraphQLOutputType;
  /** A document that selects all its fields; its one variable is `input`. */
  query: string;
}

/** The context's addition for reports: a database that cancels their statements when the client leaves. */
export interface ReportsContext {
  reportsDb?: RequestContext["db"];
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

/**
 * Makes every report use the database that cancels its statements when the client leaves, where the context has one.
 */
export function cancelReports(schema: GraphQLSchema): GraphQLSchema {
  const fields = REPORTS.map(({ name }) => reportField(schema, name));
  for (const field of [...fields, ...repeatedReports(schema)]) {
    const { resolve = defaultFieldResolver } = field;
    field.resolve = (source, args, context, info) =>
      resolve(source, args, { ...context, db: context.reportsDb ?? context.db }, info);
  }
  return schema;
}

type Field = GraphQLField<unknown, RequestContext & ReportsContext>;

function reportField(schema: GraphQLSchema, name: string): Field {
  const field = schema.getQueryType()?.getFields()[fieldOf(name)];
  if (!field) throw new Error(`The resolver of the report ${name} has no query ${fieldOf(name)}.`);
  return field;
}

/** Subscriptions that repeat a report. */
function repeatedReports(schema: GraphQLSchema): Field[] {
  return Object.values(schema.getSubscriptionType()?.getFields() ?? {}).filter(
    ({ name }) => ROOT_SCOPES[`Subscription.${name}`] === "reports:read",
  );
}

function selectionOf(type: GraphQLOutputType): string {
  const named = getNamedType(type);
  if (!isObjectType(named)) return "";
  const fields = Object.values(named.getFields()).map((field) => `${field.name}${selectionOf(field.type)}`);
  return ` { ${fields.join(" ")} }`;
}
