import type { Db } from "../db/client.ts";
import type { RETAINED } from "../ingest/forgetting/retain.ts";
import { newId } from "../kit/id.ts";

interface RuleKey {
  kind: keyof typeof RETAINED;
  /** Empty: of every source without a rule of its own. */
  source: string;
}

/** How many days it is kept from now on; null: for good. */
export async function saveRetentionRule({ orm }: Db, key: RuleKey, days: number | null): Promise<void> {
  await orm.retentionRule.deleteMany({ where: key });
  if (days !== null) await orm.retentionRule.create({ data: { ...key, days } });
}

interface HoldWish {
  customerId: string | null;
  source: string | null;
  reason: string;
}

export const saveHold = ({ orm }: Db, wish: HoldWish) =>
  orm.legalHold.create({ data: { id: newId(), ...wish, by: "command line", at: new Date() } });

/** Whether a hold in force had this id. */
export async function releaseHold({ orm }: Db, id: string): Promise<boolean> {
  const { count } = await orm.legalHold.updateMany({
    where: { id, releasedAt: null },
    data: { releasedAt: new Date() },
  });
  return count > 0;
}
