import { parseArgs } from "node:util";
import { AppError } from "../kit/errors.ts";
import { DDL_ENGINES, ddlOf } from "../lake/ddl.ts";
import { tablesOfLake } from "../lake/tables.sql.ts";
import { writeLake } from "../lake/write-lake.ts";
import { noteCommand } from "./note-command.ts";
import { withCore } from "./with-core.ts";

const USAGE = `Usage: npm run c360 -- lake <folder> [--personal]
or, for the statements that make its tables known: lake --ddl ${DDL_ENGINES.join("|")} --location <address of the folder> [--personal]`;

/** Brings a folder of Parquet files to what the database holds, and prints what changed. */
export async function lake(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    options: {
      personal: { type: "boolean", default: false },
      ddl: { type: "string" },
      location: { type: "string" },
    },
    allowPositionals: true,
  });
  const terms = { isPersonal: values.personal };
  const engine = DDL_ENGINES.find((known) => known === values.ddl);
  if (engine && values.location && positionals.length === 0) {
    const tables = tablesOfLake(terms).map((table) => ({ ...table, isPartitioned: table.filedBy !== null }));
    process.stdout.write(ddlOf(engine, tables, values.location));
    return 0;
  }
  const [folder, ...more] = positionals;
  if (!folder || more.length > 0 || values.ddl || values.location) throw new AppError("BAD_INPUT", USAGE);
  const begun = performance.now();
  const run = await withCore(async ({ database }) => {
    await noteCommand(database, "lake.written", {
      about: terms.isPersonal ? "with personal columns" : "without personal columns",
    });
    return writeLake(database, folder, terms);
  });
  process.stdout.write(`${JSON.stringify({ ...run, seconds: Math.round(performance.now() - begun) / 1000 })}\n`);
  return 0;
}
