import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach } from "vitest";
import { archiveMonths } from "../../src/archive/archive-months.ts";
import { restoreMonth } from "../../src/archive/restore-month.ts";
import { sql } from "../../src/db/sql.ts";
import { retainingOf } from "../../src/housekeeping.ts";
import { newId } from "../../src/kit/id.ts";
import type { TestDatabase } from "../kit/database.ts";
import { TEST_KEYS, type TestIngest } from "../kit/ingest.ts";
import { read } from "../kit/read.ts";
import { told } from "./story.ts";

export const NOW = new Date("2026-11-30T00:00:00Z");

/** Before each test the story in the database, and an empty folder for its months. */
export function useArchive(house: TestDatabase, ingest: TestIngest) {
  const retaining = retainingOf({ rules: () => ingest.rules(), keyring: TEST_KEYS });
  const place = { folder: "", batch: "" };
  beforeEach(async () => {
    Object.assign(place, { folder: mkdtempSync(join(tmpdir(), "archive-")), batch: newId() });
    await ingest.accept(told(), { entryPoint: "test", batchId: place.batch });
  });
  afterEach(() => rmSync(place.folder, { recursive: true }));
  return {
    place,
    retaining,
    archive: () => archiveMonths(house.db, { folder: place.folder, keep: 2, now: NOW, retaining }),
    restore: (month: string) => restoreMonth(house.db, { folder: place.folder, month, rules: ingest.rules() }),
    /** The pages that are in the database, in the order of time. */
    async left(): Promise<string[]> {
      const rows = await read<{ name: string }>(
        house.db,
        sql`select u.name from touchpoints t join items u on u.id = t.url_id order by t.occurred_at`,
      );
      return rows.map(({ name }) => name.replace("https://a.se/", ""));
    },
  };
}
