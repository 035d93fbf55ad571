import { sql } from "../db/sql.ts";

/** The sources whose records may not join customers. */
export const GUESTS = sql`array(select g.name from sources g where not g.joins)`;
