import type { Db } from "../../db/client.ts";
import { row, text } from "../../db/row.ts";
import { type Sql, sql } from "../../db/sql.ts";
import type { Forgotten } from "./forgotten-traces.repository.ts";

// Names of the dictionary: pages, searches, campaigns. Those that nobody else used go with the forgotten.

const TextId = row({ id: text });

const ITEMS_OF_TOUCHPOINT = sql`
  (values (t.item_id), (t.url_id), (t.campaign_id), (t.campaign_source_id), (t.referrer_id), (t.landing_page_id)) as x (id)
`;

/** The names in a row that is kept as a document. */
const itemsIn = (body: Sql): Sql => sql`
  (
    values (${body} -> 'item_id'), (${body} -> 'url_id'), (${body} -> 'campaign_id'), (${body} -> 'campaign_source_id'),
      (${body} -> 'referrer_id'), (${body} -> 'landing_page_id')
  ) as j (value)
  cross join lateral (select case when jsonb_typeof(j.value) = 'number' then j.value::text::bigint end as id) x
`;

/** The names that these records use or used, by id. */
export async function findTextsOf(db: Db, { records, identities }: Forgotten): Promise<string[]> {
  const ids = sql`any(${[...records]}::uuid[])`;
  const subjects = sql`any(${[...identities]}::uuid[])`;
  const rows = await db.rows(
    TextId,
    sql`
      with keys as materialized (select id, subject_id, occurred_at as at from ingest_keys where id = ${ids})
      select x.id::text as id
      from keys k
      join touchpoints t on t.subject_id = k.subject_id and t.occurred_at = k.at and t.id = k.id
      cross join lateral ${ITEMS_OF_TOUCHPOINT}
      where x.id is not null
      union
      select i.item_id::text
      from keys k
      join interactions i on i.subject_id = k.subject_id and i.id = k.id
      where i.item_id is not null
      union
      select x.id::text
      from revisions r
      cross join lateral ${itemsIn(sql`(r.body -> 'row')`)}
      where (r.record_id = ${ids} or (r.body -> 'row' ->> 'subject_id')::uuid = ${subjects}) and x.id is not null
      union
      select x.id::text
      from history h
      cross join lateral ${itemsIn(sql`h.body`)}
      where (h.id = ${ids} or h.subject_id = ${subjects}) and x.id is not null
    `,
  );
  return rows.map(({ id }) => id);
}

const Gone = row({ id: text, name: text });

/** Deletes the names among these that nothing uses any more. */
export async function deleteUnusedTexts(db: Db, ids: readonly string[]) {
  if (ids.length === 0) return [];
  const these = sql`any(${[...ids]}::bigint[])`;
  return db.rows(
    Gone,
    sql`
      with used as materialized (
        select x.id
        from touchpoints t
        cross join lateral ${ITEMS_OF_TOUCHPOINT}
        where x.id = ${these} and (
          t.item_id = ${these} or t.url_id = ${these} or t.campaign_id = ${these} or t.campaign_source_id = ${these}
          or t.referrer_id = ${these} or t.landing_page_id = ${these}
        )
        union
        select i.item_id from interactions i where i.item_id = ${these}
        union
        select x.id from revisions r cross join lateral ${itemsIn(sql`(r.body -> 'row')`)} where x.id = ${these}
        union
        select x.id from history h cross join lateral ${itemsIn(sql`h.body`)} where x.id = ${these}
      )
      delete from items i
      where i.id = ${these} and not exists (select from used u where u.id = i.id)
      returning i.id::text as id, i.name
    `,
  );
}

/** No name has this number. It tells readers of what was known earlier that somebody was forgotten, whose names others use. */
const NO_TEXT = "0";

/** Tells whoever keeps names in memory which of them are gone. */
export async function recordTexts(db: Db, ids: readonly string[]): Promise<void> {
  await db.run(sql`insert into customer_changes (customers, texts) values ('{}', ${[NO_TEXT, ...ids]}::bigint[])`);
}

/** What rows of others said before of a page that only the forgotten had been on. */
export async function forgetMatchedTexts(db: Db, names: readonly string[]): Promise<void> {
  if (names.length === 0) return;
  const these = sql`any(${[...names]}::text[])`;
  await db.run(sql`
    update history
    set body = body - array['match_page', 'match_url', 'match_referrer', 'match_landing_page']
    where relation = 'interactions' and (
      body ->> 'match_page' = ${these} or body ->> 'match_url' = ${these} or body ->> 'match_referrer' = ${these}
      or body ->> 'match_landing_page' = ${these}
    )
  `);
}
