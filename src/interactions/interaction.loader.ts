import DataLoader from "dataloader";
import { sql } from "../db/sql.ts";
import { keyBy } from "../kit/group.ts";
import type { RequestContext } from "../request.ts";
import { INTERACTION_COLUMNS, Interaction, siblings } from "./interaction.sql.ts";

/** Interactions by their ids; a visit that several customers share is the one's who began it. */
export const interactionLoader = ({ db }: RequestContext) =>
  new DataLoader(async (ids: readonly string[]) => {
    const rows = await db.hot("interactions.by_id").rows(
      Interaction,
      sql`
        select ${INTERACTION_COLUMNS}
        from interactions i
        ${siblings("all")}
        where i.id = any(${ids}::uuid[]) and v.is_other is not true
      `,
    );
    const found = keyBy(rows, (row) => row.id);
    return ids.map((id) => found.get(id) ?? null);
  });

/** An interaction as one customer's. */
export interface OwnInteraction {
  interactionId: string;
  customerId: string;
}

const keyOf = ({ interactionId, customerId }: OwnInteraction) => interactionId + customerId;

/** Interactions as they are in a customer's timeline; one that has no row of this customer's is whosever it is. */
export const ownInteractionLoader = (request: RequestContext) =>
  new DataLoader(
    async (keys: readonly OwnInteraction[]) => {
      const rows = await request.db.rows(
        Interaction,
        sql`
          select ${INTERACTION_COLUMNS}
          from unnest(
            ${keys.map((key) => key.interactionId)}::uuid[],
            ${keys.map((key) => key.customerId)}::uuid[]
          ) as k (id, customer_id)
          join interactions i on i.id = k.id and i.customer_id = k.customer_id
          ${siblings("customer")}
          where v.is_other is not true
        `,
      );
      const found = keyBy(rows, (row) => keyOf({ interactionId: row.id, customerId: row.customerId }));
      return Promise.all(
        keys.map((key) => found.get(keyOf(key)) ?? request.once(interactionLoader).load(key.interactionId)),
      );
    },
    { cacheKeyFn: keyOf },
  );
