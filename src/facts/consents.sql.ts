import { type Sql, sql } from "../db/sql.ts";
import type { ConsentUse } from "../fields/choices.ts";

/**
 * Whether a use leaves a customer out. The `case` keeps it from becoming a join, which would find everybody whom the use
 * leaves out for the sake of one.
 */
export const isClosed = (use: ConsentUse, customer: Sql): Sql => sql`
  case
    when exists (select from consent_closed x where x.use = ${use}::consent_use and x.customer_id = ${customer}) then true
    else false
  end
`;
