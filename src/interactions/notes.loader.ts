import DataLoader from "dataloader";
import { json, row, uuid } from "../db/row.ts";
import { sql } from "../db/sql.ts";
import type { DataQualityNote } from "../facts/fact.ts";
import { keyBy } from "../kit/group.ts";
import type { RequestContext } from "../request.ts";

const Notes = row({ id: uuid, notes: json<DataQualityNote[]>() });

/** What is odd about touchpoints, by the id of their record: of a leg, what is odd about the leg. */
export const notesLoader = ({ db }: RequestContext) =>
  new DataLoader(async (ids: readonly string[]): Promise<DataQualityNote[][]> => {
    const rows = await db.rows(
      Notes,
      sql`
        select t.id, t.data_quality as notes
        from ingest_keys k
        join touchpoints t on t.subject_id = k.subject_id and t.occurred_at = k.occurred_at and t.id = k.id
        where k.id = any(${ids}::uuid[]) and t.data_quality is not null
        union all
        select i.id, i.data_quality
        from interactions i
        where i.id = any(${ids}::uuid[]) and not i.is_visit and i.data_quality is not null
      `,
    );
    const found = keyBy(rows, ({ id }) => id);
    return ids.map((id) => found.get(id)?.notes ?? []);
  });
