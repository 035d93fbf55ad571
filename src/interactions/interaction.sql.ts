import { cells, objectOf, selected } from "../db/fields.ts";
import { flag, instant, json, row, uuid } from "../db/row.ts";
import { type Sql, sql } from "../db/sql.ts";
import { BROUGHT } from "../facts/brought.sql.ts";
import type { DataQualityNote } from "../facts/fact.ts";
import { INTERACTION } from "../fields/interaction.ts";
import { MATCH } from "../fields/match.ts";

const FIELDS = selected("i", INTERACTION, {
  sessionEndTime: sql`case when i.is_visit then v.ended_at else i.session_end_time end`,
  ...BROUGHT,
});

/** Every column of an interaction `i`, whose end is in `v`. */
export const INTERACTION_COLUMNS = sql`
  i.id, i.subject_id as "subjectId", i.customer_id as "customerId", i.is_visit as "isVisit",
  coalesce(i.contact_id, i.id) as "contactId", coalesce(i.is_crowded, false) as "isCrowded",
  i.ingested_at as "ingestedAt", ${FIELDS}, i.data_quality as notes,
  case when i.match_status is not null then ${objectOf("i", MATCH)} end as match
`;

/** A row of these columns. */
export const Interaction = row({
  id: uuid,
  subjectId: uuid,
  customerId: uuid,
  isVisit: flag,
  contactId: uuid,
  isCrowded: flag,
  ingestedAt: instant,
  ...cells(INTERACTION),
  notes: json<DataQualityNote[]>().nullable(),
  match: row(cells(MATCH)).nullable(),
});

/** Which rows of one interaction belong together: one customer's or all. */
export type SiblingScope = "customer" | "all";

/**
 * `v`: the rows with the interaction's id; a visit of several subjects has one for each. `is_other` says that another
 * row represents it: a reported leg before a visit, then the one that began first.
 */
export function siblings(scope: SiblingScope): Sql {
  const shared = scope === "customer" ? sql`o.id = i.id and o.customer_id = i.customer_id` : sql`o.id = i.id`;
  return sql`
    cross join lateral (
      select
        max(o.session_end_time) as ended_at,
        bool_or(
          (o.is_visit, o.session_start_time, o.subject_id) < (i.is_visit, i.session_start_time, i.subject_id)
        ) as is_other
      from interactions o
      where ${shared}
    ) v
  `;
}
