import {
  defaultFieldResolver,
  type GraphQLField,
  type GraphQLInputType,
  type GraphQLOutputType,
  type GraphQLSchema,
  getNamedType,
  isObjectType,
} from "graphql";
import type { RequestContext } from "../../request.ts";
import { ROOT_SCOPES } from "./policy.ts";

/** A report as those know it who speak no GraphQL. */
export interface Report {
  /** Its name in an address: `call-propensity`. */
  name: string;
  /** Its field of Query: `callPropensity`. */
  field: string;
  description: string;
  input: GraphQLInputType;
  answer: GraphQLOutputType;
  /** A document that asks for all that it answers; its one variable is `input`. */
  query: string;
}

/** What a context adds for reports: the database that ends their statements when the client leaves. */
export interface ReportsContext {
  reportsDb?: RequestContext["db"];
}

/** Every report of the schema: what needs `reports:read` and takes an `input`. */
export function reportsOf(schema: GraphQLSchema): Report[] {
  return reportFields(schema).map((field) => {
    const { name, type: answer, description } = field;
    const input = field.args.find((argument) => argument.name === "input")!.type;
    const query = `query($input: ${input}) { ${name}(input: $input)${selectionOf(answer)} }`;
    const kebab = name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
    return { name: kebab, field: name, description: description ?? "", input, answer, query };
  });
}

/** Has every report ask the database that cancels its statements when the client leaves, where the context has one. */
export function cancelReports(schema: GraphQLSchema): GraphQLSchema {
  for (const field of [...reportFields(schema), ...repeatedReports(schema)]) {
    const { resolve = defaultFieldResolver } = field;
    field.resolve = (source, args, context, info) =>
      resolve(source, args, { ...context, db: context.reportsDb ?? context.db }, info);
  }
  return schema;
}

type Field = GraphQLField<unknown, RequestContext & ReportsContext>;

function reportFields(schema: GraphQLSchema): Field[] {
  return Object.values(schema.getQueryType()?.getFields() ?? {}).filter((field) => isReport("Query", field));
}

/** Reports that are sent again and again. */
function repeatedReports(schema: GraphQLSchema): Field[] {
  return Object.values(schema.getSubscriptionType()?.getFields() ?? {}).filter((field) =>
    isReport("Subscription", field),
  );
}

function isReport(root: "Query" | "Subscription", { name, args }: Field): boolean {
  return ROOT_SCOPES[`${root}.${name}`] === "reports:read" && args.some((one) => one.name === "input");
}

function selectionOf(type: GraphQLOutputType): string {
  const named = getNamedType(type);
  if (!isObjectType(named)) return "";
  const fields = Object.values(named.getFields()).map((field) => `${field.name}${selectionOf(field.type)}`);
  return ` { ${fields.join(" ")} }`;
}
