import { type Sql, sql } from "../db/sql.ts";

/** The customer variables that reports ask for. */
export type Variable = "segment" | "region" | "products" | "vvip";

/**
 * The surviving value of a variable for the one customer whose records `r` the condition picks: what the best-ranked
 * source states; of equal rank the newest statement; of equal time the natural key.
 */
export function survivingSql(variable: Variable, condition: Sql): Sql {
  const { column, field, stated } = VARIABLES[variable];
  return sql`
    select ${column}
    from customer_records r
    left join sources s on s.name = r.source
    where ${condition}
    and ${stated}
    order by coalesce(s.rank, 100), coalesce((r.stated ->> ${field})::timestamptz, r.observed_at) desc, r.source, r.source_id
    limit 1
  `;
}

/** The customers whose surviving value fulfils the condition on `v.value`. */
export function customersWhose(variable: Variable, condition: Sql): Sql {
  const { column, field, stated } = VARIABLES[variable];
  return sql`
    select v.customer_id
    from (
      select distinct on (r.customer_id) r.customer_id, ${column} as value
      from customer_records r
      left join sources s on s.name = r.source
      where ${stated}
      order by
        r.customer_id, coalesce(s.rank, 100), coalesce((r.stated ->> ${field})::timestamptz, r.observed_at) desc,
        r.source, r.source_id
    ) v
    where ${condition}
  `;
}

const VARIABLES: Readonly<Record<Variable, { column: Sql; field: string; stated: Sql }>> = {
  segment: {
    column: sql`r.customer_segment_id`,
    field: "customerSegmentId",
    stated: sql`r.customer_segment_id is not null`,
  },
  region: { column: sql`r.region`, field: "region", stated: sql`r.region is not null` },
  products: { column: sql`r.products`, field: "products", stated: sql`cardinality(r.products) > 0` },
  vvip: { column: sql`r.vvip`, field: "vvip", stated: sql`r.vvip is not null` },
};
