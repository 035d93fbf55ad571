import { AppError } from "../../kit/errors.ts";
import { HOUR_MS } from "../../kit/time.ts";
import { HOURS } from "../buckets.ts";
import { checkBetween, checkFirst, checkPeriod, checkTimeout, checkTimeZone } from "../check.ts";
import type { AggregateInput } from "./aggregate.type.ts";
import type { AggregateGroupInput } from "./group.type.ts";
import type { AggregateMeasure, AggregateMeasureInput } from "./measure.type.ts";

/** Groups of one question: with more, every row is a single unit. */
const MAX_GROUPS = 5;
/** Measures of one question. */
const MAX_MEASURES = 10;
/** Stretches of the calendar of one question. */
const MAX_INTERVALS = 10_000;
/** Rows that named filters alone may make: each event is put into all that mean it. */
const MAX_NAMED = 100;
const GROUPS: readonly (keyof AggregateGroupInput)[] = ["dimension", "carried", "facets", "attribute", "interval"];

export function checkAggregate(input: AggregateInput): void {
  checkPeriod(input.period);
  checkFirst(input.first);
  checkTimeZone(input.timeZone);
  checkTimeout(input.sessionTimeoutMinutes);
  if (input.groupBy.length > MAX_GROUPS) {
    throw new AppError("BAD_INPUT", `Group by at most ${MAX_GROUPS}; there are ${input.groupBy.length}.`, ["groupBy"]);
  }
  for (const group of input.groupBy) checkGroup(group, input);
  const named = input.groupBy.reduce((product, { facets }) => product * (facets?.length || 1), 1);
  if (named > MAX_NAMED) {
    const message = `The \`facets\` make ${named} combinations, and ${MAX_NAMED} are room: group by fewer at once.`;
    throw new AppError("LIMIT_EXCEEDED", message, ["groupBy"]);
  }
  const { measures } = input;
  if (measures) checkBetween("measures", measures.length, { least: 1, most: MAX_MEASURES });
  for (const measure of measures ?? []) checkMeasure(measure);
  if (input.of === "CONTACTS" && measures?.some(({ number }) => number === "TOUCHPOINTS")) {
    const message =
      "A contact is counted by its first leg: measure TOUCHPOINTS of CUSTOMERS, INTERACTIONS or JOURNEYS.";
    throw new AppError("BAD_INPUT", message, ["measures"]);
  }
  const place = input.orderBy?.measure;
  if (place != null) checkBetween("orderBy.measure", place, { least: 0, most: (measures?.length ?? 1) - 1 });
}

function checkGroup(group: AggregateGroupInput, { period }: AggregateInput): void {
  if (GROUPS.filter((name) => group[name] != null).length !== 1) {
    const message = `Each of \`groupBy\` is along one thing: say one of \`${GROUPS.join("`, `")}\`.`;
    throw new AppError("BAD_INPUT", message, ["groupBy"]);
  }
  const { interval } = group;
  if (!interval) return;
  const hours = (period.to.getTime() - period.from.getTime()) / HOUR_MS;
  if (hours / HOURS[interval] <= MAX_INTERVALS) return;
  const message = `The period has more than ${MAX_INTERVALS} of this \`interval\`: take a longer one, or a shorter \`period\`.`;
  throw new AppError("BAD_INPUT", message, ["groupBy"]);
}

/** What each measure is of: what it needs, and what it may have. */
const OF: Readonly<Record<AggregateMeasure, { takes: readonly (keyof AggregateMeasureInput)[]; needs: boolean }>> = {
  COUNT: { takes: ["number", "attribute"], needs: false },
  CUSTOMERS: { takes: [], needs: false },
  DISTINCT: { takes: ["attribute", "dimension"], needs: true },
  SUM: { takes: ["number", "attribute"], needs: true },
  AVERAGE: { takes: ["number", "attribute"], needs: true },
  MIN: { takes: ["number", "attribute"], needs: true },
  MAX: { takes: ["number", "attribute"], needs: true },
  MEDIAN: { takes: ["number", "attribute"], needs: true },
  PERCENTILE: { takes: ["number", "attribute"], needs: true },
  SHARE: { takes: ["number", "attribute"], needs: false },
};

function checkMeasure(asked: AggregateMeasureInput): void {
  const { measure, percentile } = asked;
  const { takes, needs } = OF[measure];
  const said = (["number", "attribute", "dimension"] as const).filter((name) => asked[name] != null);
  if (said.length > 1 || (needs && said.length === 0) || said.some((name) => !takes.includes(name))) {
    const remedy = takes.length === 0 ? "nothing" : `${needs ? "one" : "at most one"} of \`${takes.join("`, `")}\``;
    throw new AppError("BAD_INPUT", `${measure} takes ${remedy}.`, ["measures"]);
  }
  const isShare = percentile != null && percentile >= 0 && percentile <= 1;
  if (measure === "PERCENTILE" ? isShare : percentile == null) return;
  throw new AppError("BAD_INPUT", "Give `percentile` from 0 to 1 to PERCENTILE, and to no other measure.", [
    "measures",
  ]);
}
