import DataLoader from "dataloader";
import { uuid } from "../db/row.ts";
import { sql } from "../db/sql.ts";
import { visibleTo } from "../facts/visible.sql.ts";
import { twinOf } from "../facts/visit-id.ts";
import { keyBy } from "../kit/group.ts";
import type { RequestContext } from "../request.ts";
import { INTERACTION_COLUMNS, Interaction, siblings } from "./interaction.sql.ts";

/** An interaction, and the id that it was asked for by. */
const Asked = Interaction.extend({ asked: uuid });

/**
 * Interactions by their ids; a visit that several customers share is the one's who began it. A visit that pauses bound is
 * found by every id that it had before an earlier touchpoint came.
 */
export const interactionLoader = ({ db, viewer }: RequestContext) =>
  new DataLoader(async (ids: readonly string[]) => {
    const rows = await db.hot("interactions.by_id").rows(
      Asked,
      sql`
        select k.asked, ${INTERACTION_COLUMNS}
        from (
          select a.id as asked, a.id from unnest(${ids}::uuid[]) as a (id)
          union
          select a.id, t.interaction_id
          from unnest(${ids}::uuid[], ${ids.map(twinOf)}::uuid[]) as a (id, touchpoint_id)
          join ingest_keys l on l.id = a.touchpoint_id
          join touchpoints t on t.subject_id = l.subject_id and t.occurred_at = l.occurred_at and t.id = l.id and t.is_cut
        ) k
        join interactions i on i.id = k.id
        ${siblings("all")}
        where v.is_other is not true and ${visibleTo(viewer)}
      `,
    );
    const found = keyBy(rows, ({ asked }) => asked);
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
          where v.is_other is not true and ${visibleTo(request.viewer)}
        `,
      );
      const found = keyBy(rows, (row) => keyOf({ interactionId: row.id, customerId: row.customerId }));
      return Promise.all(
        keys.map((key) => found.get(keyOf(key)) ?? request.once(interactionLoader).load(key.interactionId)),
      );
    },
    { cacheKeyFn: keyOf },
  );
