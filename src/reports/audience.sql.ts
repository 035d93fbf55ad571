import { join, type Sql, sql } from "../db/sql.ts";
import { customersWhose } from "../facts/survivorship.sql.ts";
import type { PeriodInput } from "../facts/values.type.ts";
import { AppError } from "../kit/errors.ts";
import { during, events, IDENTIFIED, matches } from "./filter.sql.ts";
import type { AudienceInput } from "./filter.type.ts";

/**
 * Whether `e` is of a customer of the audience: true or false, never null. Without an audience everybody is, records
 * that nothing identifies included. What somebody did or did not do is looked up in the report's period.
 */
export function inAudience(audience: AudienceInput | null | undefined, period: PeriodInput): Sql {
  const sets = audience ? setsOf(audience, period) : [];
  if (sets.length === 0) return sql`true`;
  return sql`(${join([IDENTIFIED, ...sets], " and ")})`;
}

function setsOf({ segments, regions, products, isAnonymous, vvip, did, didNot }: AudienceInput, period: PeriodInput) {
  const having = (set: Sql) => sql`e.customer_id in (${set})`;
  // Not `not in`, which looks through a set too large to be hashed for each row.
  const lacking = (set: Sql) =>
    sql`not exists (select from (${set}) as s (customer_id) where s.customer_id = e.customer_id)`;
  const vvips = customersWhose("vvip", sql`v.value`);
  return [
    listed("segments", segments) &&
      having(customersWhose("customerSegmentId", sql`v.value = any(${segments}::text[])`)),
    listed("regions", regions) && having(customersWhose("region", sql`v.value = any(${regions}::text[])`)),
    listed("products", products) && having(customersWhose("products", sql`v.value && ${products}::text[]`)),
    isAnonymous != null && having(sql`select c.id from customers c where c.is_anonymous = ${isAnonymous}`),
    vvip != null && (vvip ? having(vvips) : lacking(vvips)),
    did && having(customersWho(did, period)),
    didNot && lacking(customersWho(didNot, period)),
  ].filter((set): set is Sql => typeof set === "object" && set !== null);
}

function listed(field: string, list: readonly string[] | null | undefined): boolean {
  if (list?.length === 0) {
    throw new AppError("BAD_INPUT", `An empty \`${field}\` matches nobody: leave it out, or name at least one.`);
  }
  return list != null;
}

function customersWho(matcher: NonNullable<AudienceInput["did"]>, period: PeriodInput): Sql {
  return sql`select e.customer_id from ${events(matcher)} e where ${during(period)} and ${matches(matcher)}`;
}
