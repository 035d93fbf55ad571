import { work } from "./journeys/worker.ts";
import { SKILLS } from "./reports/folds.ts";

// A thread that adds up: see journeys/workers.

work(SKILLS);
