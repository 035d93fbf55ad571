import { type Journeys, openJourneys } from "../../src/journeys/journeys.ts";
import { openWorkers } from "../../src/journeys/workers.ts";

/** For all files that one process tests. */
const WORKERS = openWorkers(new URL("../../src/fold-worker.mjs", import.meta.url), { count: 1 });

/** The journeys of a database. */
export const journeysOf = (db: Parameters<typeof openJourneys>[0]): Journeys => openJourneys(db, { workers: WORKERS });
