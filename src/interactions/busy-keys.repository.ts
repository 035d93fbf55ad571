import type { Db } from "../db/client.ts";
import { int, row, text } from "../db/row.ts";
import { sql } from "../db/sql.ts";
import { MOST_OF_CONTACT } from "../facts/contacts.ts";
import type { PeriodInput } from "../facts/values.type.ts";
import type { CommonKeyType } from "./intake.type.ts";

/** The newest interactions of the period whose keys are looked at: a constant is on nearly all that its sender sends. */
const MOST_READ = 20_000;
/** The most keys that are counted. */
const MOST_KEYS = 50;
/** Interactions of one key that are counted. */
const MOST_COUNTED = 100_000;

const CommonKey = row({ source: text, key: text, interactions: int });

/** Keys that tie nothing, for they stand on more interactions than a contact has or are constants, the commonest first; each with the source that sent most of them. */
export async function findCommonKeys(db: Db, { from, to }: PeriodInput): Promise<CommonKeyType[]> {
  return db.rows(
    CommonKey,
    sql`
      select k.source, k.key, n.interactions
      from (
        select distinct on (k.key) k.source, k.key, k.seen
        from (
          select r.source, u.key, count(*) as seen
          from (
            select i.source, i.contact_keys
            from interactions i
            where i.session_start_time >= ${from} and i.session_start_time < ${to} and i.contact_keys is not null
            order by i.session_start_time desc
            limit ${MOST_READ}
          ) r
          cross join lateral unnest(r.contact_keys) as u (key)
          group by r.source, u.key
          having count(*) > 1
          order by seen desc
          limit ${MOST_KEYS}
        ) k
        order by k.key, k.seen desc, k.source collate "C"
      ) k
      cross join lateral (
        select count(*)::int as interactions
        from (select from interactions i where i.contact_keys @> array[k.key] limit ${MOST_COUNTED}) i
      ) n
      where n.interactions > ${MOST_OF_CONTACT} or exists (
        select
        from identities c
        where c.value = regexp_replace(k.key, '^contact(:| of )', '') and c.namespace = 'contact' and c.is_public
      )
      order by n.interactions desc, k.source collate "C", k.key collate "C"
    `,
  );
}
