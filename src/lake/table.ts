import type { Sql } from "../db/sql.ts";
import type { ParquetColumn, ParquetKind } from "./parquet.ts";

/** A column of the lake: its name, what it holds, and where that comes from. */
export interface LakeColumn extends ParquetColumn {
  value: Sql;
}

/** A table of the lake. */
export interface LakeTable {
  name: "interactions" | "touchpoints" | "identities" | "customers" | "owners";
  columns: readonly LakeColumn[];
  /** The relations that its rows come from. */
  from: Sql;
  /** Which rows of these are written. */
  where: Sql;
  /** The instant whose month a row is filed under; null where all rows are in one file. */
  filedBy: Sql | null;
  /** Tells rows of one instant apart, so that they always come in the same order. */
  key: Sql;
}

export const columnOfLake = (name: string, is: ParquetKind, value: Sql): LakeColumn => ({ name, is, value });
