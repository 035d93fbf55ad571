import { expect, test } from "vitest";
import { sql } from "../../src/db/sql.ts";
import type { InteractionRow } from "../../src/interactions/interaction.type.ts";
import { placeOfInteraction } from "../../src/interactions/interaction-place.sql.ts";
import { timelineLoaders } from "../../src/interactions/timeline.loader.ts";
import type { Place } from "../../src/kit/page.ts";
import type { RequestContext } from "../../src/request.ts";
import { useDatabase } from "../kit/database.ts";
import { read } from "../kit/read.ts";
import { BOUND_TO_NOTHING } from "../kit/viewer.ts";
import { watched } from "../kit/watch.ts";

const house = useDatabase();
const OWNER = "00000000-0000-8000-8000-000000000001";

/** Pages of memory that a timeline's statement touches. */
async function buffersOf(after: Place | null): Promise<number> {
  let buffers = 0;
  const explaining = watched(house.db, async (statement) => {
    const text = `explain (analyze, buffers, format json) ${statement!.text}`;
    const { rows } = await house.db.pool.query({ text, values: statement!.values });
    const plan = rows[0]["QUERY PLAN"][0].Plan;
    buffers = plan["Shared Hit Blocks"] + plan["Shared Read Blocks"];
  });
  const page = { limit: 20, isBackward: false, after, before: null };
  const loaders = timelineLoaders({ db: explaining, viewer: BOUND_TO_NOTHING } as unknown as RequestContext)({
    page,
    channels: null,
    from: null,
    to: null,
  });
  await loaders.rows.load(OWNER);
  return buffers;
}

test("touches no more of the database for page 500 of a timeline than for page 1", async () => {
  await house.db.run(sql`
    insert into interactions (
      subject_id, id, source, source_id, ingested_at, customer_id, channel_type, session_start_time
    )
    select ${OWNER}::uuid, md5(n::text)::uuid, 's', n::text, now(), ${OWNER}::uuid, 'VOICE', now() - n * interval '1 minute'
    from generate_series(1, 20000) n
  `);
  await house.db.pool.query("vacuum analyze interactions");
  const [far] = await read<Pick<InteractionRow, "sessionStartTime" | "id">>(
    house.db,
    sql`
      select session_start_time as "sessionStartTime", id from interactions order by 1 desc, 2 desc offset 9980 limit 1
    `,
  );

  const first = await buffersOf(null);
  const later = await buffersOf(
    placeOfInteraction({ ...far!, sequence: null, channelType: "VOICE" } as InteractionRow),
  );

  expect(first).toBeGreaterThan(20);
  expect(later).toBeLessThanOrEqual(first + 5);
});
