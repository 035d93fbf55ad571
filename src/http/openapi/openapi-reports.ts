import {
  type FieldNode,
  type GraphQLNamedType,
  type GraphQLType,
  getNamedType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isObjectType,
  type OperationDefinitionNode,
  parse,
  type SelectionSetNode,
} from "graphql";
import type { ReportField } from "../../graphql/engine/reports.ts";

type Json = Record<string, unknown>;

/** GET and POST of each report. */
export function reportPaths(reports: readonly ReportField[]): Json {
  return Object.fromEntries(reports.map((report) => [`/v1/reports/${report.name}`, pathOf(report)]));
}

/** The inputs of reports and what their documents select of the answers, with GraphQL's names and descriptions. */
export function reportSchemas(reports: readonly ReportField[]): Json {
  const schemas: Record<string, Json> = {};
  for (const { input, answer, query } of reports) {
    addSchema(getNamedType(input), schemas);
    addSchema(getNamedType(answer), schemas, selectedBy(query));
  }
  return schemas;
}

/** What a document selects of its one root field. */
function selectedBy(query: string): SelectionSetNode {
  const [operation] = parse(query).definitions as [OperationDefinitionNode];
  return (operation.selectionSet.selections[0] as FieldNode).selectionSet!;
}

function pathOf(report: ReportField): Json {
  const schema = refTo(getNamedType(report.input));
  const example = report.most ? report.example : { period: MARCH, ...report.example };
  const json = { "application/json": { schema, example } };
  const parameter = { name: "input", in: "query", required: true, content: json, description: "The input, as JSON." };
  const page = report.most ? pageParameters(report.most) : [];
  const named = report.field[0]!.toUpperCase() + report.field.slice(1);
  return {
    get: { operationId: `get${named}`, ...operationOf(report), parameters: [parameter, ...page] },
    post: {
      operationId: `ask${named}`,
      ...operationOf(report),
      ...(report.most && { parameters: page }),
      requestBody: { required: true, content: json },
    },
  };
}

/** Which part of a list. */
const pageParameters = (most: number): Json[] => [
  {
    name: "first",
    in: "query",
    schema: { type: "integer", minimum: 1, maximum: most },
    description: "How many customers; all that a page may have when left out.",
  },
  { name: "after", in: "query", schema: { type: "string" }, description: "The `endCursor` of the page before." },
];

const MARCH = { from: "2026-03-01T00:00:00Z", to: "2026-04-01T00:00:00Z" };

function operationOf({ field, description, answer, table }: ReportField): Json {
  const csv = { schema: { type: "string" } };
  return {
    summary: description,
    description: `Scope reports:read. The same as GraphQL's ${field}. As CSV: ${table.about}`,
    responses: {
      200: {
        description: "The report; CSV (RFC 4180, with a header row) where that is accepted.",
        content: { "application/json": { schema: refTo(getNamedType(answer)) }, "text/csv": csv },
      },
      ...Object.fromEntries(
        FAULTS.map(([status, fault]) => [
          status,
          { description: fault, content: { "application/json": { schema: { $ref: "#/components/schemas/Error" } } } },
        ]),
      ),
    },
  };
}

const FAULTS = [
  ["400", "The question is impossible; the message says what to change."],
  ["401", "No valid key."],
  ["403", "The key's role does not have the scope."],
  ["429", "Too many requests; see Retry-After."],
  ["503", "The database is away."],
  ["504", "It took too long: ask for a shorter period."],
] as const;

const refTo = ({ name }: GraphQLNamedType): Json => ({ $ref: `#/components/schemas/${name}` });

function addSchema(type: GraphQLNamedType, schemas: Record<string, Json>, selected?: SelectionSetNode): void {
  if (type.name in schemas || !(isInputObjectType(type) || isObjectType(type))) return;
  const nodeOf = (field: string) =>
    (selected?.selections as readonly FieldNode[] | undefined)?.find(({ name }) => name.value === field);
  const all: { name: string; type: GraphQLType; description?: string | null }[] = Object.values(type.getFields());
  const fields = selected ? all.filter(({ name }) => nodeOf(name)) : all;
  const isInput = isInputObjectType(type);
  const required = fields.filter((field) => isNonNullType(field.type) && !defaultOf(field)).map(({ name }) => name);
  const schema: Json = { type: "object", ...(type.description && { description: type.description }), properties: {} };
  schemas[type.name] = Object.assign(
    schema,
    required.length > 0 && { required },
    isInput && { additionalProperties: false },
  );
  schema.properties = Object.fromEntries(
    fields.map((field) => [
      field.name,
      { ...schemaOf(field.type), ...(field.description && { description: field.description }), ...defaultOf(field) },
    ]),
  );
  for (const { name, type } of fields) addSchema(getNamedType(type), schemas, nodeOf(name)?.selectionSet);
}

function defaultOf(field: object): { default: unknown } | null {
  const { defaultValue } = field as { defaultValue?: unknown };
  return defaultValue === undefined ? null : { default: defaultValue };
}

function schemaOf(type: GraphQLType): Json {
  if (isNonNullType(type)) return present(type.ofType);
  const schema = present(type);
  return "type" in schema ? { ...schema, type: [schema.type, "null"] } : { anyOf: [schema, { type: "null" }] };
}

function present(type: GraphQLType): Json {
  if (isListType(type)) return { type: "array", items: schemaOf(type.ofType) };
  const named = getNamedType(type);
  if (isEnumType(named)) return { enum: named.getValues().map(({ name }) => name) };
  return SCALARS[named.name] ?? refTo(named);
}

const SCALARS: Readonly<Record<string, Json>> = {
  String: { type: "string" },
  ID: { type: "string" },
  Int: { type: "integer" },
  Float: { type: "number" },
  Boolean: { type: "boolean" },
  Decimal: { type: "string", description: "An exact decimal." },
  DateTime: { type: "string", format: "date-time" },
};
