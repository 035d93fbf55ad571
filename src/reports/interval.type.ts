import { registerEnumType } from "type-graphql";
import { enumOf } from "../kit/enum.ts";

const INTERVALS = ["HOUR", "DAY", "WEEK", "MONTH", "QUARTER", "YEAR"] as const;
export type Interval = (typeof INTERVALS)[number];
export const IntervalEnum = enumOf(INTERVALS);
registerEnumType(IntervalEnum, {
  name: "Interval",
  description:
    "A stretch of the calendar of a time zone. Weeks begin on Monday, quarters in January, April, July and October; the hour that a clock repeats is two.",
});
