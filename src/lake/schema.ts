import type { ParquetWriter } from "hyparquet-writer";
import type { ParquetColumn } from "./parquet.ts";

type SchemaElement = ConstructorParameters<typeof ParquetWriter>[0]["schema"][number];

/** An amount has at most fifteen digits before the point and six behind it. Nine bytes hold so many. */
const AMOUNT = { precision: 21, scale: 6, type_length: 9 };

/** The columns as Parquet describes them. Only types that DuckDB, Trino and Athena read alike: ids are texts. */
export function schemaOf(columns: readonly ParquetColumn[]): SchemaElement[] {
  return [{ name: "customer360", num_children: columns.length }, ...columns.flatMap(elementsOf)];
}

function elementsOf({ name, is }: ParquetColumn): SchemaElement[] {
  const one = { name, repetition_type: "OPTIONAL" } as const;
  switch (is) {
    case "TEXT":
      return [{ ...one, type: "BYTE_ARRAY", converted_type: "UTF8" }];
    case "INSTANT":
      return [{ ...one, type: "INT64", converted_type: "TIMESTAMP_MILLIS" }];
    case "INTEGER":
      return [{ ...one, type: "INT32" }];
    case "NUMBER":
      return [{ ...one, type: "DOUBLE" }];
    case "MONEY":
      return [{ ...one, type: "FIXED_LEN_BYTE_ARRAY", converted_type: "DECIMAL", ...AMOUNT }];
    case "FLAG":
      return [{ ...one, type: "BOOLEAN" }];
    case "LIST":
      return [
        { ...one, converted_type: "LIST", num_children: 1 },
        { name: "list", repetition_type: "REPEATED", num_children: 1 },
        { name: "element", repetition_type: "OPTIONAL", type: "BYTE_ARRAY", converted_type: "UTF8" },
      ];
  }
}
