import type { Db } from "../db/client.ts";
import { Count } from "../db/row.ts";
import { join, type Sql, sql } from "../db/sql.ts";
import { customerIs } from "../facts/attributes.sql.ts";
import { isNobody } from "../facts/nobody.sql.ts";
import { statedIn, survivingValue } from "../facts/survivorship.sql.ts";
import { visibleTo } from "../facts/visible.sql.ts";
import { isId, isInstant, MAX_TOTAL, type Page, type Place, type PlaceShape } from "../kit/page.ts";
import type { Viewer } from "../request.ts";
import { Customer } from "./customer.loader.ts";
import type { CustomerFilterInput, CustomerType } from "./customer.type.ts";

/** Customers are listed newest first: by birth, then id. */
export const CUSTOMER_PLACE: PlaceShape = [isInstant, isId];
export const placeOfCustomer = ({ createdAt, id }: CustomerType): Place => [createdAt.getTime(), id];

/** A filter, who asks, and whom its search means when it is a whole identity. */
export interface CustomerQuery extends CustomerFilterInput {
  searchedIdentityIds: readonly string[];
  viewer: Viewer;
}

/** A page of the customers that exist, and one more. */
export async function findCustomers(db: Db, query: CustomerQuery, page: Page): Promise<CustomerType[]> {
  const order = page.isBackward ? sql`c.born_at, c.id` : sql`c.born_at desc, c.id desc`;
  return db.rows(
    Customer,
    sql`
      select c.id, c.is_anonymous as "isAnonymous", c.born_at as "createdAt"
      from ${CUSTOMERS}
      where ${join([...conditionsOf(query), ...boundsOf(page)], " and ")}
      order by ${order}
      limit ${page.limit + 1}
    `,
  );
}

/** How many customers the filter means, up to one more than is shown. */
export async function countCustomers(db: Db, query: CustomerQuery): Promise<number> {
  const [found] = await db.rows(
    Count,
    sql`
      select count(*)::int as count
      from (select from ${CUSTOMERS} where ${join(conditionsOf(query), " and ")} limit ${MAX_TOTAL + 1}) counted
    `,
  );
  return found!.count;
}

/**
 * The view `customers`, put so that a page looks up only the assignments of the rows it passes: the view compares all
 * of them at once, which serves reports.
 */
const CUSTOMERS = sql`(
  select i.customer_id as id, i.born_at, i.kind = 'CARRIER' as is_anonymous
  from identities i
  cross join lateral (
    select bool_or(a.customer_id = i.customer_id) as is_own
    from assignments a
    where a.subject_id = i.id and a.known_to = 'infinity'
  ) o
  where o.is_own is not false and not ${isNobody(sql`i.customer_id`)}
) c`;

function boundsOf({ after, before }: Page): Sql[] {
  return [
    ...(after ? [sql`(c.born_at, c.id) < (${new Date(Number(after[0]))}, ${after[1]}::uuid)`] : []),
    ...(before ? [sql`(c.born_at, c.id) > (${new Date(Number(before[0]))}, ${before[1]}::uuid)`] : []),
  ];
}

function conditionsOf(query: CustomerQuery): Sql[] {
  const { segments, regions, isAnonymous, vvip, highRisk, search, seenIn } = query;
  const conditions = [
    segments && survives("customerSegmentId", segments),
    regions && survives("region", regions),
    isAnonymous == null ? null : sql`c.is_anonymous = ${isAnonymous}`,
    vvip == null ? null : isTrue("vvip", vvip),
    highRisk == null ? null : isTrue("highRiskCustomer", highRisk),
    search?.trim() ? searched(search.trim(), query.searchedIdentityIds) : null,
    seenIn ? seen(seenIn, query.viewer) : null,
    ...(query.attributes ?? []).map((filter) => customerIs(sql`c.id`, filter)),
  ].filter((condition) => condition != null);
  return conditions.length > 0 ? conditions : [sql`true`];
}

/** Those who have the value in any record come out of an index; of them it must be the one that survives. */
function survives(field: "customerSegmentId" | "region", values: readonly string[]): Sql {
  return sql`(
    c.id in (select r.customer_id from customer_records r where ${statedIn(field)} = any(${values}::text[]))
    and ${survivingValue(field, sql`c.id`)} = any(${values}::text[])
  )`;
}

function isTrue(field: "vvip" | "highRiskCustomer", wanted: boolean): Sql {
  const candidates = sql`select r.customer_id from customer_records r where ${statedIn(field)}`;
  const holds = sql`(c.id in (${candidates}) and ${survivingValue(field, sql`c.id`)})`;
  return wanted ? holds : sql`${holds} is not true`;
}

/**
 * Whose name has a word that begins with each of these, in any order: out of the index \`customer_records_names\`, whose
 * expression this repeats. Words are what stands between other characters, as the index has them.
 */
function searched(text: string, identityIds: readonly string[]): Sql {
  return sql`c.id in (
    select r.customer_id
    from customer_records r
    where to_tsvector('simple', regexp_replace(r.display_name, '[^[:alnum:]]+', ' ', 'g')) @@ (
      select string_agg(quote_literal(w.word) || ':*', ' & ')::tsquery
      from regexp_split_to_table(lower(${text}::text), '[^[:alnum:]]+') w (word)
      where w.word <> ''
    )
    union
    select coalesce(a.customer_id, i.customer_id)
    from identities i
    left join assignments a on a.subject_id = i.id and a.known_to = 'infinity'
    where i.id = any(${identityIds}::uuid[])
  )`;
}

/** Looked up customer by customer, until a page is full; in legs that the viewer may not read nobody is seen. */
function seen({ from, to }: { from: Date; to: Date }, viewer: Viewer): Sql {
  return sql`coalesce(
    (
      select true
      from interactions i
      where i.customer_id = c.id and i.session_start_time >= ${from} and i.session_start_time < ${to}
      and ${visibleTo(viewer)}
      limit 1
    ),
    (
      select true
      from touchpoints t
      where t.customer_id = c.id and t.occurred_at >= ${from} and t.occurred_at < ${to}
      limit 1
    ),
    false
  )`;
}
