import DataLoader from "dataloader";
import { cells, selected } from "../db/fields.ts";
import { instant, int, json, type RowOf, row, text, uuid, word } from "../db/row.ts";
import { sql } from "../db/sql.ts";
import { isClosed } from "../facts/consents.sql.ts";
import { isInRowBounds } from "../facts/visible.sql.ts";
import { SURVIVING } from "../fields/car.ts";
import { CHANNELS } from "../fields/choices.ts";
import { KEY, OBSERVED } from "../fields/record.ts";
import { groupBy } from "../kit/group.ts";
import type { RequestContext } from "../request.ts";
import type { CustomerRecord } from "./record.type.ts";
import { type Statement, type Survivor, survive } from "./survive.ts";
import type { Usage } from "./usage.ts";

/** What survives of all that sources state of a customer, by its id; null while none has stated anything. */
export const survivorLoader = ({ db, rules }: RequestContext) =>
  new DataLoader(async (ids: readonly string[]) => {
    const rows = await db
      .hot("records.of_customers")
      .rows(
        StatedRecord,
        sql`select ${RECORD_COLUMNS} from customer_records r where r.customer_id = any(${ids}::uuid[])`,
      );
    const byCustomer = groupBy(rows, (row) => row.customerId);
    return ids.map((id): Survivor | null => {
      const stated = byCustomer.get(id);
      return stated ? survive(stated.map(statementOf), rules) : null;
    });
  });

const Used = row({
  customerId: uuid,
  channel: word(CHANNELS),
  device: text.nullable(),
  interactions: int,
  firstAt: instant,
  lastAt: instant,
});

/** How customers used channels and devices, by the customer's id; every interaction that the viewer may read once. */
const usageLoader = ({ db, viewer }: RequestContext) =>
  new DataLoader(async (ids: readonly string[]) => {
    const rows = await db.rows(
      Used,
      sql`
        select
          i.customer_id as "customerId", i.channel_type as channel, i.device, count(distinct i.id)::int as interactions,
          min(i.session_start_time) as "firstAt", max(i.session_start_time) as "lastAt"
        from unnest(${ids}::uuid[]) as k (id)
        join interactions i on i.customer_id = k.id
        where not ${isClosed("TIMELINE", sql`k.id`)} and ${isInRowBounds(viewer)}
        group by i.customer_id, i.channel_type, i.device
      `,
    );
    const byCustomer = groupBy(rows, (row) => row.customerId);
    return ids.map((id) => byCustomer.get(id) ?? []);
  });

/**
 * The record that customers have, or would have if they were one: surviving values now, derived ones when asked for.
 * Null while no source has stated anything.
 */
export async function readRecord(
  request: RequestContext,
  customerIds: readonly string[],
): Promise<CustomerRecord | null> {
  const survivor = await readSurvivor(request, customerIds);
  if (!survivor) return null;
  const usage = async (): Promise<Usage> => {
    const counts = await Promise.all(customerIds.map((id) => request.once(usageLoader).load(id)));
    return { counts: counts.flat(), now: new Date() };
  };
  return { ...EMPTY, ...survivor.values, survivor, usage };
}

async function readSurvivor(request: RequestContext, customerIds: readonly string[]): Promise<Survivor | null> {
  const [only, ...others] = customerIds;
  if (only !== undefined && others.length === 0) return request.once(survivorLoader).load(only);
  const rows = await request.db.rows(
    StatedRecord,
    sql`select ${RECORD_COLUMNS} from customer_records r where r.customer_id = any(${customerIds}::uuid[])`,
  );
  return rows.length > 0 ? survive(rows.map(statementOf), request.rules) : null;
}

/** Of a list that nobody states there is nothing in it. */
const EMPTY = { products: [] };

const FIELDS = { ...KEY, ...OBSERVED, ...SURVIVING };

const RECORD_COLUMNS = sql`r.customer_id as "customerId", r.stated, ${selected("r", FIELDS)}`;

const StatedRecord = row({
  customerId: uuid,
  stated: json<Record<string, string>>().nullable(),
  ...cells(FIELDS),
});

function statementOf(record: RowOf<typeof StatedRecord>): Statement {
  const { source, sourceId, observedAt, stated, signals, customerId: _, ...values } = record;
  return { source, sourceId, observedAt, stated: stated ?? {}, values, signals: signals ?? [] };
}
