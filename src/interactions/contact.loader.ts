import DataLoader from "dataloader";
import { sql } from "../db/sql.ts";
import { startOrderOf } from "../facts/event-order.sql.ts";
import { visibleTo } from "../facts/visible.sql.ts";
import { groupBy } from "../kit/group.ts";
import { byText } from "../kit/order.ts";
import type { RequestContext } from "../request.ts";
import type { ContactType } from "./contact.type.ts";
import { INTERACTION_COLUMNS, Interaction, siblings } from "./interaction.sql.ts";

/** Contacts by their ids, each with all of its interactions. */
export const contactLoader = ({ db, viewer }: RequestContext) =>
  new DataLoader(async (ids: readonly string[]): Promise<ContactType[]> => {
    const rows = await db.hot("contacts.by_id").rows(
      Interaction,
      sql`
        select ${INTERACTION_COLUMNS}
        from interactions i
        ${siblings("all")}
        where (i.contact_id = any(${ids}::uuid[]) or i.contact_id is null and i.id = any(${ids}::uuid[]))
        and v.is_other is not true and ${visibleTo(viewer)}
        order by ${startOrderOf(sql`i`)}
      `,
    );
    const byContact = groupBy(rows, ({ contactId }) => contactId);
    return ids.map((id) => {
      const interactions = byContact.get(id) ?? [];
      const sources = [...new Set(interactions.map(({ source }) => source))].sort(byText);
      return { id, sources, isCrowded: interactions.some(({ isCrowded }) => isCrowded), interactions };
    });
  });
