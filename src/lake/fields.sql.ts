import { declaredSql, type Sql, sql } from "../db/sql.ts";
import { shownIn } from "../fields/derive/bi/columns.ts";
import { columnsOf } from "../fields/derive/columns.ts";
import type { Field, Fields } from "../fields/field.ts";
import type { ParquetKind } from "./parquet.ts";
import { columnOfLake, type LakeColumn } from "./table.ts";

// Columns of the lake that follow from declared fields. They are called as those of the tables.

/** Whether personal fields, notes and the values of identities are written, too. */
export interface LakeTerms {
  isPersonal: boolean;
}

const KINDS: Readonly<Record<Field["type"], ParquetKind>> = {
  text: "TEXT",
  choice: "TEXT",
  json: "TEXT",
  signals: "TEXT",
  instant: "INSTANT",
  seconds: "INTEGER",
  int: "INTEGER",
  number: "NUMBER",
  bool: "FLAG",
  money: "MONEY",
  list: "LIST",
};

/** The fields that are written: those that the views for business intelligence show, or all. */
export const writtenIn = (fields: Fields, { isPersonal }: LakeTerms): Field[] =>
  isPersonal ? Object.values(fields) : shownIn(fields);

/** The columns of these fields; `valuesOf` says where the values of each of them are. */
export function columnsOfFields(fields: readonly Field[], valuesOf: (field: Field) => readonly Sql[]): LakeColumn[] {
  return fields.flatMap((field) => {
    const values = valuesOf(field);
    return namesOf(field).map((name, part) =>
      columnOfLake(name, part === 0 ? KINDS[field.type] : "TEXT", values[part]!),
    );
  });
}

function namesOf(field: Field): readonly string[] {
  const names = columnsOf(field);
  // What the rows keep elsewhere is called as its field.
  return names.length > 0 ? names : [field.name.replace(/[A-Z]/g, "_$&").toLowerCase()];
}

/** The columns of a field in the row `alias`. */
export const storedIn = (alias: string, field: Field): Sql[] =>
  columnsOf(field).map((name) => declaredSql(`${alias}.${name}`));

/** As `src/lake/rows.repository.ts` reads it. */
export function readable({ is, value }: LakeColumn): Sql {
  switch (is) {
    case "TEXT":
      return sql`(${value})::text`;
    case "LIST":
      return sql`to_jsonb(${value})::text`;
    // In millionths: Parquet keeps a decimal as a whole number.
    case "MONEY":
      return sql`((${value}) * 1000000)::numeric(30, 0)::text`;
    case "NUMBER":
      return sql`(${value})::float8`;
    case "INSTANT":
    case "INTEGER":
    case "FLAG":
      return value;
  }
}
