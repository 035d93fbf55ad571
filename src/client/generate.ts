import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { minifyIntrospection, outputIntrospectionFile } from "@gql.tada/internal";
import { buildSchema, introspectionFromSchema } from "graphql";

// What each operation answers, for the compiler: read out of the printed schema, by the client and by the console.

const SCHEMA = new URL("../../schema/schema.graphql", import.meta.url);
const FOLDER = new URL("./generated/", import.meta.url);

const introspection = minifyIntrospection(introspectionFromSchema(buildSchema(readFileSync(SCHEMA, "utf8"))));
const text = outputIntrospectionFile(introspection, { fileType: ".d.ts", shouldPreprocess: true });
mkdirSync(FOLDER, { recursive: true });
// What follows the types would tie every package to this one schema.
writeFileSync(new URL("introspection.ts", FOLDER), text.slice(0, text.indexOf("import * as gqlTada")));
