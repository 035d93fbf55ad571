import { type Sql, sql } from "../db/sql.ts";
import type { ConsentDoor } from "../fields/choices.ts";

/**
 * Whether a door leaves a customer out. The `case` keeps it from becoming a join, which would find everybody whom the door
 * leaves out for the sake of one.
 */
export const isClosed = (door: ConsentDoor, customer: Sql): Sql => sql`
  case
    when exists (select from consent_closed x where x.door = ${door}::consent_door and x.customer_id = ${customer}) then true
    else false
  end
`;
