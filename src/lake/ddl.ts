import type { ParquetColumn, ParquetKind } from "./parquet.ts";

/** Engines that must be told what is in a folder. */
export const DDL_ENGINES = ["trino", "athena"] as const;
export type DdlEngine = (typeof DDL_ENGINES)[number];

/** What a statement says of a table: its files lie by month where it is partitioned. */
interface DescribedTable {
  name: string;
  columns: readonly ParquetColumn[];
  isPartitioned: boolean;
}

/** Statements that make these tables known to an engine; `location` is the address of the lake's folder. */
export function ddlOf(engine: DdlEngine, tables: readonly DescribedTable[], location: string): string {
  const write = engine === "trino" ? trinoTable : athenaTable;
  return tables.map((table) => write(table, location.replace(/\/+$/, ""))).join("\n");
}

const TRINO: Readonly<Record<ParquetKind, string>> = {
  TEXT: "varchar",
  INSTANT: "timestamp(3)",
  INTEGER: "integer",
  NUMBER: "double",
  MONEY: "decimal(21, 6)",
  FLAG: "boolean",
  LIST: "array(varchar)",
};

function trinoTable({ name, columns, isPartitioned }: DescribedTable, location: string): string {
  const month = isPartitioned ? [{ name: "month", is: "TEXT" as const }] : [];
  const lines = [...columns, ...month].map((column) => `  "${column.name}" ${TRINO[column.is]}`);
  const by = isPartitioned ? ", partitioned_by = array['month']" : "";
  const found = isPartitioned ? `call system.sync_partition_metadata(current_schema, '${name}', 'FULL');\n` : "";
  return `create table ${name} (\n${lines.join(",\n")}\n)\nwith (format = 'PARQUET', external_location = '${location}/${name}'${by});\n${found}`;
}

const ATHENA: Readonly<Record<ParquetKind, string>> = {
  TEXT: "string",
  INSTANT: "timestamp",
  INTEGER: "int",
  NUMBER: "double",
  MONEY: "decimal(21, 6)",
  FLAG: "boolean",
  LIST: "array<string>",
};

function athenaTable({ name, columns, isPartitioned }: DescribedTable, location: string): string {
  const lines = columns.map((column) => `  \`${column.name}\` ${ATHENA[column.is]}`);
  const by = isPartitioned ? "partitioned by (`month` string)\n" : "";
  const found = isPartitioned ? `msck repair table ${name};\n` : "";
  return `create external table ${name} (\n${lines.join(",\n")}\n)\n${by}stored as parquet\nlocation '${location}/${name}/';\n${found}`;
}
