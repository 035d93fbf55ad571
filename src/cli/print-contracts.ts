import { writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { BI_VIEWS } from "../fields/derive/bi/views.ts";
import { addressedIn } from "../graphql/engine/reports.ts";
import { createSchema, printContract } from "../graphql/engine/schema.ts";
import { openapi } from "../http/openapi/openapi.ts";
import { nothingMore } from "./nothing-more.ts";

/** Writes the contracts in schema/, which a test compares with the code. */
export async function printContracts(args: readonly string[]): Promise<number> {
  nothingMore(args, "Usage: npm run contracts");
  const folder = fileURLToPath(new URL("../../schema/", import.meta.url));
  const schema = createSchema();
  await writeFile(`${folder}schema.graphql`, printContract(schema));
  await writeFile(`${folder}openapi.json`, `${JSON.stringify(openapi(null, addressedIn(schema)), null, 2)}\n`);
  await writeFile(
    `${folder}bi.sql`,
    `-- Printed by \`npm run contracts\`; a migration repeats what changes.\n\n${BI_VIEWS}`,
  );
  process.stdout.write("Printed schema/schema.graphql, schema/openapi.json and schema/bi.sql.\n");
  return 0;
}
