import { CAR_VIEW } from "./car.ts";
import { JAR_VIEW } from "./jar.ts";
import { SUMMARY_VIEWS } from "./summaries.ts";
import { TOUCHPOINTS_VIEW } from "./touchpoints.ts";

/**
 * The views of the schema `bi`, which business-intelligence tools read, as text: `npm run contracts` prints it into
 * schema/bi.sql, a migration repeats it, and a test compares the two.
 */
export const BI_VIEWS = `${[CAR_VIEW, JAR_VIEW, TOUCHPOINTS_VIEW, ...SUMMARY_VIEWS].join("\n\n")}\n`;
