import DataLoader from "dataloader";
import { flag, instant, list, row, text, uuid, word } from "../db/row.ts";
import { sql } from "../db/sql.ts";
import { standingConsents } from "../facts/consents.ts";
import { CONSENT_USES, PURPOSES } from "../fields/choices.ts";
import { groupBy } from "../kit/group.ts";
import type { RequestContext } from "../request.ts";
import type { ConsentType } from "./consent.type.ts";

const Stated = row({
  customerId: uuid,
  purpose: word(PURPOSES),
  isGiven: flag,
  statedAt: instant,
  source: text,
  uses: list(word(CONSENT_USES)),
});

/** The consents that stand, by the customer's id, in the order of purposes. The database finds the last word of each source. */
export const consentsLoader = ({ db }: RequestContext) =>
  new DataLoader(async (ids: readonly string[]): Promise<ConsentType[][]> => {
    const rows = await db.rows(
      Stated,
      sql`
        select distinct on (s.customer_id, s.source, s.purpose)
          s.customer_id as "customerId", s.purpose, s.is_given as "isGiven", s.stated_at as "statedAt", s.source,
          array(select d.use::text from consent_uses d where d.purpose = s.purpose order by d.use) as uses
        from consent_statements s
        where s.customer_id = any(${ids}::uuid[])
        order by s.customer_id, s.source, s.purpose, s.stated_at desc, s.is_given
      `,
    );
    const byCustomer = groupBy(rows, ({ customerId }) => customerId);
    return ids.map((id) => {
      const standing = standingConsents(byCustomer.get(id) ?? []);
      return PURPOSES.flatMap((purpose) => {
        const stands = standing.get(purpose);
        if (!stands) return [];
        const { uses, customerId: _, ...said } = stands;
        return [{ ...said, closes: said.isGiven ? [] : uses }];
      });
    });
  });
