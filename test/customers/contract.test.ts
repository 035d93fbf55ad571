import { isObjectType, printSchema } from "graphql";
import { expect, test } from "vitest";
import { readingSchema } from "./reading.ts";
import { writeFileSync } from "node:fs";

test("describes every field, argument and value that it shows", () => {
  const schema = readingSchema();
  writeFileSync("/tmp/reading.graphql", printSchema(schema));

  const silent = Object.values(schema.getTypeMap())
    .filter((type) => isObjectType(type) && !type.name.startsWith("__") && type.name !== "Query")
    .flatMap((type) => (isObjectType(type) ? Object.values(type.getFields()).map((f) => [`${type.name}.${f.name}`, f] as const) : []))
    .flatMap(([name, field]) => [
      ...(field.description ? [] : [name]),
      ...field.args.filter((arg) => !arg.description).map((arg) => `${name}(${arg.name})`),
    ]);

  expect(silent).toEqual([]);
});
