import type { Sql } from "../db/sql.ts";
import { REPORTS } from "../reports/reports.ts";

/** The text of every file of `schema/sql`, by name: the statements of each report for a typical question. */
export function printReportSql(): Map<string, string> {
  const statements = REPORTS.flatMap(({ sample }) => Object.entries(sample?.() ?? {}));
  return new Map(statements.map(([name, statement]) => [`${name}.sql`, print(statement)]));
}

/** A statement, with its values listed above it. */
function print({ text, values }: Sql): string {
  const bound = values.map((value, i) => `-- $${i + 1} = ${JSON.stringify(value)}`);
  const lines = text.split("\n").map((line) => line.trimEnd());
  const statement = lines.filter((line) => line !== "").join("\n");
  return `-- Printed by \`npm run contracts\`; never edited.\n${bound.join("\n")}\n\n${statement};\n`;
}
